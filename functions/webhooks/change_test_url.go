package webhooks

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ChangeTestURL tells a test URL what to answer from now on. It takes no
// If-Match: each request received is a new version, and the last word counts.
var ChangeTestURL = api.Route{
	Name:    "webhooks.change_test_url",
	Method:  http.MethodPatch,
	Path:    "/v1/webhook-test-urls/{id}",
	Summary: "Change what a test URL answers",
	About:   "What is left out stays as it is.",
	Allow:   access.ManageWebhooks,
	Faults:  []string{"inbox.not_found", "inbox.status", "inbox.delay", "inbox.name"},
	Handle:  rest.JSON(changeTestURL),
}

type changeTestURLInput struct {
	ID   string `path:"id" maxLength:"40"`
	Body testURLBody
}

func changeTestURL(ctx context.Context, c *api.Call, in changeTestURLInput) (testURLView, error) {
	i, err := c.Inboxes.Change(ctx, c.Actor, in.ID, in.Body.settings())
	if err != nil {
		return testURLView{}, err
	}
	return testURLViewOf(i), nil
}
