package documents

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
)

// DocumentVerify notes that the reader has looked at a document and it is good.
var DocumentVerify = api.Route{
	Name:    "console.document_verify",
	Method:  http.MethodPost,
	Path:    "/documents/{id}/verify",
	Summary: "Verify a document",
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentVerify),
}

type documentVerifyInput struct {
	ID      string `path:"id"`
	Version int64  `form:"version"`
}

func documentVerify(ctx context.Context, c *api.Call, in documentVerifyInput) (api.Answer, error) {
	if _, err := c.Documents.Verify(ctx, c.Actor, in.ID, in.Version, c.Now); err != nil {
		return page.Back(record.DocumentPath(in.ID), err)
	}
	return page.Done(record.DocumentPath(in.ID), "document-verified")
}
