package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListTestURLs shows the workspace's test URLs, newest first.
var ListTestURLs = api.Route{
	Name:    "webhooks.list_test_urls",
	Method:  http.MethodGet,
	Path:    "/v1/webhook-test-urls",
	Summary: "List test URLs",
	About:   "All of them at once: there are at most 20.",
	Allow:   access.ViewWebhooks,
	Handle:  rest.JSON(listTestURLs),
}

func listTestURLs(ctx context.Context, c *api.Call, _ api.None) (api.List[testURLView], error) {
	list, err := c.Inboxes.List(ctx, c.Actor)
	if err != nil {
		return api.List[testURLView]{}, err
	}
	views := make([]testURLView, len(list))
	for n, i := range list {
		views[n] = testURLViewOf(i)
	}
	return api.ListOf(views, ""), nil
}
