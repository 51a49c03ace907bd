package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// EndpointRecover counts what failed since a time and asks whether to send it.
var EndpointRecover = api.Route{
	Name:    "console.endpoint_recover",
	Method:  http.MethodGet,
	Path:    "/settings/webhooks/endpoints/{id}/recover",
	Summary: "Count what failed",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointRecover),
}

type endpointRecoverInput struct {
	ID    string `path:"id"`
	Since string `query:"since"`
}

func endpointRecover(ctx context.Context, c *api.Call, in endpointRecoverInput) (api.Answer, error) {
	return windowPage(ctx, c, window{
		ID: in.ID, Since: in.Since, Verb: "recover", Title: "Recover what failed",
		Lead:  "Deliveries that ran out of attempts since then are sent again, paced so that the receiver is not flooded.",
		Count: c.Webhooks.Recover,
	})
}
