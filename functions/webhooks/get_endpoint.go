package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetEndpoint shows one endpoint.
var GetEndpoint = api.Route{
	Name:    "webhooks.get_endpoint",
	Method:  http.MethodGet,
	Path:    "/v1/webhook-endpoints/{id}",
	Summary: "Get an endpoint",
	Allow:   access.ViewWebhooks,
	Faults:  []string{"webhook.endpoint_not_found"},
	Handle:  rest.JSON(getEndpoint),
}

type getEndpointInput struct {
	ID string `path:"id" maxLength:"40"`
}

func getEndpoint(ctx context.Context, c *api.Call, in getEndpointInput) (endpointView, error) {
	e, err := c.Webhooks.Endpoint(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return endpointView{}, err
	}
	return endpointViewOf(e), nil
}
