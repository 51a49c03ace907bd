package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DeleteEndpoint ends an endpoint for good.
var DeleteEndpoint = api.Route{
	Name:    "webhooks.delete_endpoint",
	Method:  http.MethodDelete,
	Path:    "/v1/webhook-endpoints/{id}",
	Summary: "Delete an endpoint",
	About:   "Nothing more is sent to it. Its logs stay for as long as logs are kept. Raises `webhook_endpoint.deleted`.",
	Allow:   access.ManageWebhooks,
	Status:  http.StatusNoContent,
	Faults:  []string{"webhook.endpoint_not_found", "webhook.stale"},
	Handle:  rest.JSON(deleteEndpoint),
}

type deleteEndpointInput struct {
	ID string `path:"id" maxLength:"40"`
	api.IfMatch
}

func deleteEndpoint(ctx context.Context, c *api.Call, in deleteEndpointInput) (api.None, error) {
	version, err := in.Version()
	if err != nil {
		return api.None{}, err
	}
	return api.None{}, c.Webhooks.Delete(ctx, c.Actor, in.ID, version, c.Now)
}
