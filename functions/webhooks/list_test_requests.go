package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListTestRequests shows what a test URL received, newest first.
var ListTestRequests = api.Route{
	Name:    "webhooks.list_test_requests",
	Method:  http.MethodGet,
	Path:    "/v1/webhook-test-urls/{id}/requests",
	Summary: "List what a test URL received",
	About:   "The latest 100 requests are kept, each with at most 264 KiB of body. A page holds at most about 1 MB.",
	Allow:   access.ViewWebhooks,
	Faults:  []string{"inbox.not_found"},
	Handle:  rest.JSON(listTestRequests),
}

type listTestRequestsInput struct {
	ID string `path:"id" maxLength:"40"`
	api.Paging
}

func listTestRequests(ctx context.Context, c *api.Call, in listTestRequestsInput) (api.List[testRequestView], error) {
	list, next, err := c.Inboxes.Requests(ctx, c.Actor, in.ID, in.Cursor, in.Limit)
	if err != nil {
		return api.List[testRequestView]{}, err
	}
	views := make([]testRequestView, len(list))
	for n, r := range list {
		views[n] = testRequestViewOf(r)
	}
	return api.ListOf(views, next), nil
}
