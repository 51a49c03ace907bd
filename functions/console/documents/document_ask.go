package documents

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
)

// DocumentAsk is the form that asks for a document again.
var DocumentAsk = api.Route{
	Name:    "console.document_ask",
	Method:  http.MethodGet,
	Path:    "/documents/{id}/ask",
	Summary: "The form that asks for a document again",
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentAsk),
}

type documentAskInput struct {
	ID string `path:"id"`
}

func documentAsk(ctx context.Context, c *api.Call, in documentAskInput) (api.Answer, error) {
	d, err := c.Documents.Document(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	fields := askingFields{ID: d.ID, Message: d.Asked.Message, Sides: d.Asked.Sides}
	if len(fields.Sides) == 0 {
		fields.Sides = []string{"front"}
	}
	return askingForm(ctx, c, d.Owner, fields, nil)
}
