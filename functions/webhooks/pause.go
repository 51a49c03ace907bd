package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// Pause holds an endpoint's deliveries back.
var Pause = api.Route{
	Name:    "webhooks.pause",
	Method:  http.MethodPost,
	Path:    "/v1/webhook-endpoints/{id}/pause",
	Summary: "Pause an endpoint",
	About:   "Deliveries are held until it is resumed. Raises `webhook_endpoint.paused`.",
	Allow:   access.ManageWebhooks,
	Faults:  []string{"webhook.endpoint_not_found", "webhook.paused", "webhook.disabled"},
	Handle:  rest.JSON(pause),
}

type pauseInput struct {
	ID string `path:"id" maxLength:"40"`
}

func pause(ctx context.Context, c *api.Call, in pauseInput) (endpointView, error) {
	e, err := c.Webhooks.Pause(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return endpointView{}, err
	}
	return endpointViewOf(e), nil
}
