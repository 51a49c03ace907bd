package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/document"
)

// RequestDocument asks the owner of a document for it.
var RequestDocument = api.Route{
	Name:    "documents.request_document",
	Method:  http.MethodPost,
	Path:    "/v1/document-requests",
	Summary: "Request a document",
	About:   "Asks for a document that is not there yet. The answer has the upload link: it works for seven days, shows only what is asked for, and is told in this answer and in no later one. Raises `document.requested`.",
	Allow:   access.EditPeople,
	Status:  http.StatusCreated,
	Faults:  []string{"document.owner", "document.type", "document.message", "document.sides"},
	Handle:  rest.JSON(requestDocument),
}

type requestDocumentInput struct {
	Body requestDocumentBody
}

type requestDocumentBody struct {
	Owner document.Owner `json:"owner" doc:"Whose it is"`
	Type  string         `json:"type" doc:"As when adding a document" example:"licence"`
	askingBody
}

func requestDocument(ctx context.Context, c *api.Call, in requestDocumentInput) (requestView, error) {
	d, pass, err := c.Documents.Request(ctx, c.Actor, in.Body.Owner, in.Body.Type, in.Body.asked(c.Now))
	return requestViewOf(ctx, c, d, pass, err)
}
