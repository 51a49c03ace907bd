package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListEventTypes shows the catalogue.
var ListEventTypes = api.Route{
	Name:    "webhooks.list_event_types",
	Method:  http.MethodGet,
	Path:    "/v1/event-types",
	Summary: "List event types",
	About:   "Everything an endpoint can subscribe to, category by category, with a JSON Schema and an example of each.",
	Allow:   access.ViewEvents,
	Handle:  rest.JSON(listEventTypes),
}

func listEventTypes(_ context.Context, c *api.Call, _ api.None) (api.List[typeView], error) {
	return api.ListOf(typeViewsOf(c.Webhooks.Catalogue), ""), nil
}
