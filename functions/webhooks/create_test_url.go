package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// CreateTestURL makes an inbox for people who have no receiver yet.
var CreateTestURL = api.Route{
	Name:    "webhooks.create_test_url",
	Method:  http.MethodPost,
	Path:    "/v1/webhook-test-urls",
	Summary: "Generate a test URL",
	About: "An inbox hosted by Motorpool that shows what it receives. It expires after seven days; a workspace has at most 20. " +
		"It answers 200 unless told to answer another status or to wait, so that failure can be seen too.",
	Allow:  access.ManageWebhooks,
	Status: http.StatusCreated,
	Faults: []string{"inbox.too_many", "inbox.status", "inbox.delay", "inbox.name"},
	Handle: rest.JSON(createTestURL),
}

type createTestURLInput struct {
	Body testURLBody
}

func createTestURL(ctx context.Context, c *api.Call, in createTestURLInput) (testURLView, error) {
	i, err := c.Inboxes.Create(ctx, c.Actor, in.Body.settings(), c.Now)
	if err != nil {
		return testURLView{}, err
	}
	return testURLViewOf(i), nil
}
