package console

import (
	"context"
	"net/http"

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
	Handle:  page(endpointSave),
}

func endpointSave(ctx context.Context, c *api.Call, in endpointFields) (api.Answer, error) {
	e, err := c.Webhooks.Endpoint(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	_, err = c.Webhooks.Edit(ctx, c.Actor, in.ID, in.describe, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return back(endpointPath(in.ID)+"/edit", err)
	case mine(err):
		return editEndpointForm(ctx, c, e, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return done(endpointPath(in.ID), "endpoint-saved")
}
