package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/document"
)

// SubmitDocument hands a document in anew.
var SubmitDocument = api.Route{
	Name:    "documents.submit_document",
	Method:  http.MethodPost,
	Path:    "/v1/documents/{id}/submit",
	Summary: "Hand in a document",
	About:   "Replaces what the document says; what was handed in before is kept beside it, and counts until the new one is verified or rejected. Raises `document.submitted`.",
	Allow:   access.EditPeople,
	Faults:  []string{"document.not_found", "document.stale", "document.number", "document.expires", "document.issued", "document.issuing_country", "document.birth_date", "document.files"},
	Handle:  rest.JSON(submitDocument),
}

type submitDocumentInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body document.Details
}

func submitDocument(ctx context.Context, c *api.Call, in submitDocumentInput) (documentView, error) {
	version, err := in.Version()
	if err != nil {
		return documentView{}, err
	}
	say := func(d *document.Details) error { *d = in.Body; return nil }
	d, err := c.Documents.Submit(ctx, c.Actor, in.ID, say, version, c.Now)
	if err != nil {
		return documentView{}, err
	}
	return viewOf(ctx, c, d)
}
