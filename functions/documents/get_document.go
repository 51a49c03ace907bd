package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetDocument shows one document, with what was handed in before.
var GetDocument = api.Route{
	Name:    "documents.get_document",
	Method:  http.MethodGet,
	Path:    "/v1/documents/{id}",
	Summary: "Get a document",
	About:   "What identifies a person (number, name, birthday, address, files) is left out for who lacks `people.view_pii`, and `redacted` says what.",
	Allow:   access.ViewPeople,
	Faults:  []string{"document.not_found"},
	Handle:  rest.JSON(getDocument),
}

func getDocument(ctx context.Context, c *api.Call, in byID) (documentView, error) {
	d, err := c.Documents.Document(ctx, c.Actor, in.ID)
	if err != nil {
		return documentView{}, err
	}
	return viewOf(ctx, c, d)
}
