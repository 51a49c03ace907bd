package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// Resume sends what was held, and what happens from now on.
var Resume = api.Route{
	Name:    "webhooks.resume",
	Method:  http.MethodPost,
	Path:    "/v1/webhook-endpoints/{id}/resume",
	Summary: "Resume an endpoint",
	About:   "Sends what was held, paced. Raises `webhook_endpoint.resumed`.",
	Allow:   access.ManageWebhooks,
	Faults:  []string{"webhook.endpoint_not_found", "webhook.not_paused"},
	Handle:  rest.JSON(resume),
}

type resumeInput struct {
	ID string `path:"id" maxLength:"40"`
}

func resume(ctx context.Context, c *api.Call, in resumeInput) (endpointView, error) {
	e, err := c.Webhooks.Resume(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return endpointView{}, err
	}
	return endpointViewOf(e), nil
}
