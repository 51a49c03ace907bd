package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetTestURL shows one test URL.
var GetTestURL = api.Route{
	Name:    "webhooks.get_test_url",
	Method:  http.MethodGet,
	Path:    "/v1/webhook-test-urls/{id}",
	Summary: "Get a test URL",
	Allow:   access.ViewWebhooks,
	Faults:  []string{"inbox.not_found"},
	Handle:  rest.JSON(getTestURL),
}

type getTestURLInput struct {
	ID string `path:"id" maxLength:"40"`
}

func getTestURL(ctx context.Context, c *api.Call, in getTestURLInput) (testURLView, error) {
	i, err := c.Inboxes.Get(ctx, c.Actor, in.ID)
	if err != nil {
		return testURLView{}, err
	}
	return testURLViewOf(i), nil
}
