package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// EndpointCreate adds an endpoint and shows its secret.
var EndpointCreate = api.Route{
	Name:    "console.endpoint_create",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks",
	Summary: "Add an endpoint",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointCreate),
}

func endpointCreate(ctx context.Context, c *api.Call, in endpointFields) (api.Answer, error) {
	r, err := in.registration()
	if err != nil {
		return newEndpointForm(ctx, c, in, err)
	}
	e, keys, err := c.Webhooks.Register(ctx, c.Actor, r, c.Now)
	if page.Mine(err) {
		return newEndpointForm(ctx, c, in, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return showSecret(ctx, c, e, keys.Secrets, "The endpoint is ready")
}
