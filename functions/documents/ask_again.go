package documents

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// AskAgain asks for a document again.
var AskAgain = api.Route{
	Name:    "documents.ask_again",
	Method:  http.MethodPost,
	Path:    "/v1/documents/{id}/request",
	Summary: "Request a document again",
	About:   "Asks for a document that is rejected, about to expire or still not there. Until something is handed in it stays as good as it is. The answer has a new upload link; earlier ones work on until they end. Raises `document.requested`.",
	Allow:   access.EditPeople,
	Faults:  []string{"document.not_found", "document.stale", "document.message", "document.sides"},
	Handle:  rest.JSON(askAgain),
}

type askAgainInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body askingBody
}

func askAgain(ctx context.Context, c *api.Call, in askAgainInput) (requestView, error) {
	version, err := in.Version()
	if err != nil {
		return requestView{}, err
	}
	d, pass, err := c.Documents.Ask(ctx, c.Actor, in.ID, in.Body.asked(c.Now), version)
	return requestViewOf(ctx, c, d, pass, err)
}
