package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/webhook"
)

// EditEndpoint changes what is said about an endpoint.
var EditEndpoint = api.Route{
	Name:    "webhooks.edit_endpoint",
	Method:  http.MethodPatch,
	Path:    "/v1/webhook-endpoints/{id}",
	Summary: "Edit an endpoint",
	About:   "The body is a JSON merge patch (RFC 7396): a field that is absent is left as it is, `null` clears it, `events` is replaced as a whole, and in `headers` each name is set, or removed by `null`. Deliveries under way go by what is new from their next attempt on. Raises `webhook_endpoint.updated` if anything changed.",
	Allow:   access.ManageWebhooks,
	Faults:  []string{"webhook.endpoint_not_found", "webhook.stale", "webhook.url", "webhook.events", "webhook.header", "webhook.rate_limit", "webhook.description"},
	Handle:  rest.JSON(editEndpoint),
}

type editEndpointInput struct {
	ID string `path:"id" maxLength:"40"`
	api.IfMatch
	Body rest.Patch[webhook.Registration]
}

func editEndpoint(ctx context.Context, c *api.Call, in editEndpointInput) (endpointView, error) {
	version, err := in.Version()
	if err != nil {
		return endpointView{}, err
	}
	e, err := c.Webhooks.Edit(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	if err != nil {
		return endpointView{}, err
	}
	return endpointViewOf(e), nil
}
