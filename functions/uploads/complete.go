package uploads

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// Complete looks at the bytes that came.
var Complete = api.Route{
	Name:    "uploads.complete",
	Method:  http.MethodPost,
	Path:    "/v1/uploads/{id}/complete",
	Summary: "Complete an upload",
	About: "Looks at what came: how large it is, what it is whatever it is called, whether a picture can be drawn. Photos, logos and the pictures among documents and receipts are drawn anew and upright, so that neither place nor metadata is in them any more; " +
		"evidence is kept to the last bit, with its SHA-256. A file that is refused answers 422 with the reason, now and whenever it is completed again. Name the id where the file is needed.",
	Allow:  access.Public,
	Faults: faults,
	Handle: rest.JSON(complete),
}

func complete(ctx context.Context, c *api.Call, in byID) (uploadView, error) {
	a, err := c.Attachments.Complete(ctx, c.Actor, in.ID, c.Now)
	return viewOf(a), err
}
