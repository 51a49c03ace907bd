package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// EndpointEnable undoes that an endpoint was disabled.
var EndpointEnable = api.Route{
	Name:    "console.endpoint_enable",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/endpoints/{id}/enable",
	Summary: "Enable an endpoint",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page(endpointEnable),
}

type endpointEnableInput struct {
	ID string `path:"id"`
}

func endpointEnable(ctx context.Context, c *api.Call, in endpointEnableInput) (api.Answer, error) {
	if _, err := c.Webhooks.Enable(ctx, c.Actor, in.ID, c.Now); err != nil {
		return back(endpointPath(in.ID), err)
	}
	return done(endpointPath(in.ID), "endpoint-enabled")
}
