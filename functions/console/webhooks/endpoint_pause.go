package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// EndpointPause holds an endpoint's deliveries back.
var EndpointPause = api.Route{
	Name:    "console.endpoint_pause",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/endpoints/{id}/pause",
	Summary: "Pause an endpoint",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointPause),
}

type endpointPauseInput struct {
	ID string `path:"id"`
}

func endpointPause(ctx context.Context, c *api.Call, in endpointPauseInput) (api.Answer, error) {
	if _, err := c.Webhooks.Pause(ctx, c.Actor, in.ID, c.Now); err != nil {
		return page.Back(record.EndpointPath(in.ID), err)
	}
	return page.Done(record.EndpointPath(in.ID), "endpoint-paused")
}
