package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/webhook"
)

// ListEndpoints shows the workspace's endpoints, oldest first.
var ListEndpoints = api.Route{
	Name:    "webhooks.list_endpoints",
	Method:  http.MethodGet,
	Path:    "/v1/webhook-endpoints",
	Summary: "List endpoints",
	About:   "Oldest first; there are at most 100. Secrets and header values are never in it.",
	Allow:   access.ViewWebhooks,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listEndpoints),
}

type listEndpointsInput struct {
	api.Paging
}

func listEndpoints(ctx context.Context, c *api.Call, in listEndpointsInput) (api.List[endpointView], error) {
	list, next, err := c.Webhooks.Browse(ctx, c.Actor.Workspace, webhook.Page{Cursor: in.Cursor, Limit: in.Limit})
	views := make([]endpointView, len(list))
	for i, e := range list {
		views[i] = endpointViewOf(e)
	}
	return api.ListOf(views, next), err
}
