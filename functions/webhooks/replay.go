package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// Replay sends what an endpoint missed.
var Replay = api.Route{
	Name:    "webhooks.replay",
	Method:  http.MethodPost,
	Path:    "/v1/webhook-endpoints/{id}/replay",
	Summary: "Replay missed events",
	About:   "Sends, paced, the events of the time given that the endpoint wants now and never got: because it was disabled, or did not exist, or did not want them then. With `dry_run` it only counts.",
	Allow:   access.ManageWebhooks,
	Status:  http.StatusAccepted,
	Faults:  []string{"webhook.endpoint_not_found", "webhook.since", "webhook.until", "webhook.paused", "webhook.disabled"},
	Handle:  rest.JSON(replay),
}

func replay(ctx context.Context, c *api.Call, in bulkInput) (bulkView, error) {
	found, err := c.Webhooks.Replay(ctx, c.Actor, in.ID, in.Body.window(), in.Body.DryRun, c.Now)
	return bulkView{found.Count, found.More, in.Body.DryRun}, err
}
