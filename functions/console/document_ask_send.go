package console

import (
	"context"
	"net/http"

	"motorpool/shared/api"
)

// DocumentAskSend asks for a document again and shows the new link, this once.
var DocumentAskSend = api.Route{
	Name:    "console.document_ask_send",
	Method:  http.MethodPost,
	Path:    "/documents/{id}/ask",
	Summary: "Ask for a document again",
	Door:    api.SessionDoor,
	Handle:  page(documentAskSend),
}

func documentAskSend(ctx context.Context, c *api.Call, in askingFields) (api.Answer, error) {
	d, pass, err := c.Documents.Ask(ctx, c.Actor, in.ID, in.asked(c), 0)
	if err != nil {
		return back(documentPath(in.ID), err)
	}
	return uploadLink(ctx, c, d, pass)
}
