package webhooks

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// EndpointDelete ends an endpoint for good.
var EndpointDelete = api.Route{
	Name:    "console.endpoint_delete",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/endpoints/{id}/delete",
	Summary: "Delete an endpoint",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(endpointDelete),
}

type endpointDeleteInput struct {
	ID string `path:"id"`
}

func endpointDelete(ctx context.Context, c *api.Call, in endpointDeleteInput) (api.Answer, error) {
	if err := c.Webhooks.Delete(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.EndpointPath(in.ID), err)
	}
	return page.Done(record.ToWebhooks.To, "endpoint-deleted")
}
