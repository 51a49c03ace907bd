package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// Enable undoes that an endpoint was disabled.
var Enable = api.Route{
	Name:    "webhooks.enable",
	Method:  http.MethodPost,
	Path:    "/v1/webhook-endpoints/{id}/enable",
	Summary: "Enable an endpoint",
	About:   "Undoes that Motorpool disabled it. What it missed meanwhile is not sent by itself: recover and replay. Raises `webhook_endpoint.enabled`.",
	Allow:   access.ManageWebhooks,
	Faults:  []string{"webhook.endpoint_not_found", "webhook.not_disabled"},
	Handle:  rest.JSON(enable),
}

type enableInput struct {
	ID string `path:"id" maxLength:"40"`
}

func enable(ctx context.Context, c *api.Call, in enableInput) (endpointView, error) {
	e, err := c.Webhooks.Enable(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return endpointView{}, err
	}
	return endpointViewOf(e), nil
}
