package documents

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
)

// DocumentAskSend asks for a document again and shows the new link, this once.
var DocumentAskSend = api.Route{
	Name:    "console.document_ask_send",
	Method:  http.MethodPost,
	Path:    "/documents/{id}/ask",
	Summary: "Ask for a document again",
	Door:    api.SessionDoor,
	Handle:  page.Handler(documentAskSend),
}

func documentAskSend(ctx context.Context, c *api.Call, in askingFields) (api.Answer, error) {
	d, pass, err := c.Documents.Ask(ctx, c.Actor, in.ID, in.asked(c), 0)
	if err != nil {
		return page.Back(record.DocumentPath(in.ID), err)
	}
	return uploadLink(ctx, c, d, pass)
}
