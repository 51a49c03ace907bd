package uploads

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// Begin announces a file and says how to send its bytes.
var Begin = api.Route{
	Name:    "uploads.begin",
	Method:  http.MethodPost,
	Path:    "/v1/uploads",
	Summary: "Begin an upload",
	About: "Send the bytes with the `method` to the `url` that the answer names, with exactly its `headers`; they go straight to the store. Then complete the upload, within an hour.\n\n" + about +
		"\n\nWhat nothing names within a day is gone. Who may use a kind of file may upload it: `assets.edit` for photos and imports, `people.edit` for documents, and so on.",
	Allow:  access.Public,
	Status: http.StatusCreated,
	Faults: []string{"attachment.may_not", "attachment.announced", "attachment.purpose", "attachment.size", "attachment.type", "attachment.heic", "attachment.name"},
	Handle: rest.JSON(begin),
}

type beginInput struct {
	Body beginBody
}

func begin(ctx context.Context, c *api.Call, in beginInput) (beginOutput, error) {
	return begun(c.Attachments.Begin(ctx, c.Actor, in.Body.draft(), c.Now))
}
