package webhooks

import (
	"context"
	"net/http"
	"time"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/webhook"
)

// EndpointReplayStart sends what was missed again, after its count was shown.
var EndpointReplayStart = api.Route{
	Name:    "console.endpoint_replay_start",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/endpoints/{id}/replay",
	Summary: "Replay what was missed",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointReplayStart),
}

type endpointReplayStartInput struct {
	ID    string `path:"id"`
	Since string `form:"since"` // RFC 3339, as the page before counted
}

func endpointReplayStart(ctx context.Context, c *api.Call, in endpointReplayStartInput) (api.Answer, error) {
	since, err := time.Parse(time.RFC3339, in.Since)
	if err != nil {
		return page.Back(record.EndpointPath(in.ID)+"/replay", record.BadSince())
	}
	if _, err := c.Webhooks.Replay(ctx, c.Actor, in.ID, webhook.Window{Since: since}, false, c.Now); err != nil {
		return page.Back(record.EndpointPath(in.ID)+"/replay", err)
	}
	return page.Done(page.With("/settings/webhooks/deliveries", "endpoint", in.ID), "replay-started")
}
