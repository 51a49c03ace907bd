package documents

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
)

// DocumentReject notes that the reader has looked at a document and it will not do.
var DocumentReject = api.Route{
	Name:    "console.document_reject",
	Method:  http.MethodPost,
	Path:    "/documents/{id}/reject",
	Summary: "Reject a document",
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentReject),
}

type documentRejectInput struct {
	ID      string `path:"id"`
	Version int64  `form:"version"`
	Reason  string `form:"reason"`
}

func documentReject(ctx context.Context, c *api.Call, in documentRejectInput) (api.Answer, error) {
	if _, err := c.Documents.Reject(ctx, c.Actor, in.ID, in.Reason, in.Version, c.Now); err != nil {
		return page.Back(record.DocumentPath(in.ID), err)
	}
	return page.Done(record.DocumentPath(in.ID), "document-rejected")
}
