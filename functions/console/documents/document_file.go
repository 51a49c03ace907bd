package documents

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// DocumentFile leads to one of a document's files, for some minutes.
var DocumentFile = api.Route{
	Name:    "console.document_file",
	Method:  http.MethodGet,
	Path:    "/documents/{id}/files/{attachment}",
	Summary: "A document's file",
	Allow:   access.ViewPII,
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentFile),
}

type documentFileInput struct {
	ID         string `path:"id"`
	Attachment string `path:"attachment"`
}

func documentFile(ctx context.Context, c *api.Call, in documentFileInput) (api.Answer, error) {
	url, err := c.Documents.File(ctx, c.Actor, in.ID, in.Attachment)
	if err != nil {
		return page.Back(record.DocumentPath(in.ID), err)
	}
	return api.Redirect(url), nil
}
