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

// EndpointRecoverStart sends what failed again, after its count was shown.
var EndpointRecoverStart = api.Route{
	Name:    "console.endpoint_recover_start",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/endpoints/{id}/recover",
	Summary: "Recover what failed",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointRecoverStart),
}

type endpointRecoverStartInput struct {
	ID    string `path:"id"`
	Since string `form:"since"` // RFC 3339, as the page before counted
}

func endpointRecoverStart(ctx context.Context, c *api.Call, in endpointRecoverStartInput) (api.Answer, error) {
	since, err := time.Parse(time.RFC3339, in.Since)
	if err != nil {
		return page.Back(record.EndpointPath(in.ID)+"/recover", record.BadSince())
	}
	if _, err := c.Webhooks.Recover(ctx, c.Actor, in.ID, webhook.Window{Since: since}, false, c.Now); err != nil {
		return page.Back(record.EndpointPath(in.ID)+"/recover", err)
	}
	return page.Done(page.With("/settings/webhooks/deliveries", "endpoint", in.ID), "recovery-started")
}
