package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/document"
)

// AddDocument stores a document that somebody showed or sent.
var AddDocument = api.Route{
	Name:    "documents.add_document",
	Method:  http.MethodPost,
	Path:    "/v1/documents",
	Summary: "Add a document",
	About:   "Stores a document that was shown or sent to you; it waits to be verified. Files are uploads of the purpose `document` that are ready. Raises `document.submitted`.",
	Allow:   access.EditPeople,
	Status:  http.StatusCreated,
	Faults:  []string{"document.owner", "document.type", "document.number", "document.expires", "document.issued", "document.issuing_country", "document.birth_date", "document.files"},
	Handle:  rest.JSON(addDocument),
}

type addDocumentInput struct {
	Body addDocumentBody
}

type addDocumentBody struct {
	Owner document.Owner `json:"owner" doc:"Whose it is"`
	Type  string         `json:"type" doc:"licence, passport, visa (of people), proof_of_address, proof_of_insurance (of people and companies), registration, insurance (of assets and companies) or other" example:"licence"`
	document.Details
}

func addDocument(ctx context.Context, c *api.Call, in addDocumentInput) (documentView, error) {
	d, err := c.Documents.Add(ctx, c.Actor, in.Body.Owner, in.Body.Type, in.Body.Details, c.Now)
	if err != nil {
		return documentView{}, err
	}
	return viewOf(ctx, c, d)
}
