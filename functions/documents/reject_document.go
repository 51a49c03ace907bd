package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// RejectDocument says that a document will not do.
var RejectDocument = api.Route{
	Name:    "documents.reject_document",
	Method:  http.MethodPost,
	Path:    "/v1/documents/{id}/reject",
	Summary: "Reject a document",
	About:   "Says that you have looked at it and it will not do. Ask for it again to give its owner a link. Raises `document.rejected`.",
	Allow:   access.EditPeople,
	Faults:  []string{"document.not_found", "document.stale", "document.requested", "document.decided", "document.reason"},
	Handle:  rest.JSON(rejectDocument),
}

type rejectDocumentInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rejectDocumentBody
}

type rejectDocumentBody struct {
	Reason string `json:"reason" doc:"Why, in words for its owner" example:"The photo of the back is too dark to read."`
}

func rejectDocument(ctx context.Context, c *api.Call, in rejectDocumentInput) (documentView, error) {
	version, err := in.Version()
	if err != nil {
		return documentView{}, err
	}
	d, err := c.Documents.Reject(ctx, c.Actor, in.ID, in.Body.Reason, version, c.Now)
	if err != nil {
		return documentView{}, err
	}
	return viewOf(ctx, c, d)
}
