package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(endpointEnable),
}

type endpointEnableInput struct {
	ID string `path:"id"`
}

func endpointEnable(ctx context.Context, c *api.Call, in endpointEnableInput) (api.Answer, error) {
	if _, err := c.Webhooks.Enable(ctx, c.Actor, in.ID, c.Now); err != nil {
		return page.Back(record.EndpointPath(in.ID), err)
	}
	return page.Done(record.EndpointPath(in.ID), "endpoint-enabled")
}
