package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// EndpointSave changes an endpoint, unless somebody else has meanwhile.
var EndpointSave = api.Route{
	Name:    "console.endpoint_save",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/endpoints/{id}",
	Summary: "Change an endpoint",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointSave),
}

func endpointSave(ctx context.Context, c *api.Call, in endpointFields) (api.Answer, error) {
	e, err := c.Webhooks.Endpoint(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	_, err = c.Webhooks.Edit(ctx, c.Actor, in.ID, in.describe, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(record.EndpointPath(in.ID)+"/edit", err)
	case page.Mine(err):
		return editEndpointForm(ctx, c, e, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(record.EndpointPath(in.ID), "endpoint-saved")
}
