package console

import (
	"context"
	"net/http"

	"motorpool/shared/api"
)

// DocumentReject notes that the reader has looked at a document and it will not do.
var DocumentReject = api.Route{
	Name:    "console.document_reject",
	Method:  http.MethodPost,
	Path:    "/documents/{id}/reject",
	Summary: "Reject a document",
	Door:    api.SessionDoor,
	Handle:  page(documentReject),
}

type documentRejectInput struct {
	ID      string `path:"id"`
	Version int64  `form:"version"`
	Reason  string `form:"reason"`
}

func documentReject(ctx context.Context, c *api.Call, in documentRejectInput) (api.Answer, error) {
	if _, err := c.Documents.Reject(ctx, c.Actor, in.ID, in.Reason, in.Version, c.Now); err != nil {
		return back(documentPath(in.ID), err)
	}
	return done(documentPath(in.ID), "document-rejected")
}
