package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// VerifyDocument says that a document is good.
var VerifyDocument = api.Route{
	Name:    "documents.verify_document",
	Method:  http.MethodPost,
	Path:    "/v1/documents/{id}/verify",
	Summary: "Verify a document",
	About:   "Says that you have looked at it and it is good. Refused for one that has expired. Raises `document.verified`.",
	Allow:   access.EditPeople,
	Faults:  []string{"document.not_found", "document.stale", "document.requested", "document.decided", "document.expired"},
	Handle:  rest.JSON(verifyDocument),
}

type verifyDocumentInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func verifyDocument(ctx context.Context, c *api.Call, in verifyDocumentInput) (documentView, error) {
	version, err := in.Version()
	if err != nil {
		return documentView{}, err
	}
	d, err := c.Documents.Verify(ctx, c.Actor, in.ID, version, c.Now)
	if err != nil {
		return documentView{}, err
	}
	return viewOf(ctx, c, d)
}
