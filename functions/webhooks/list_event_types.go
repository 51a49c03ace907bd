package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ListEventTypes shows the catalogue.
var ListEventTypes = api.Route{
	Name:    "webhooks.list_event_types",
	Method:  http.MethodGet,
	Path:    "/v1/event-types",
	Summary: "List event types",
	About:   "Everything an endpoint can subscribe to, category by category, with a JSON Schema and an example of each.",
	Allow:   access.ViewEvents,
	Handle:  api.JSON(listEventTypes),
}

func listEventTypes(_ context.Context, c *api.Call, _ api.None) (api.List[typeView], error) {
	views, err := typeViewsOf(c.Webhooks.Catalogue)
	return api.ListOf(views, ""), err
}
