package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// Recover sends again what failed at an endpoint.
var Recover = api.Route{
	Name:    "webhooks.recover",
	Method:  http.MethodPost,
	Path:    "/v1/webhook-endpoints/{id}/recover",
	Summary: "Recover failed deliveries",
	About:   "Sends again, paced, every delivery to this endpoint that failed within the time given. With `dry_run` it only counts.",
	Allow:   access.ManageWebhooks,
	Status:  http.StatusAccepted,
	Faults:  []string{"webhook.endpoint_not_found", "webhook.since", "webhook.until", "webhook.paused", "webhook.disabled"},
	Handle:  rest.JSON(recoverFailed),
}

func recoverFailed(ctx context.Context, c *api.Call, in bulkInput) (bulkView, error) {
	found, err := c.Webhooks.Recover(ctx, c.Actor, in.ID, in.Body.window(), in.Body.DryRun, c.Now)
	return bulkView{found.Count, found.More, in.Body.DryRun}, err
}
