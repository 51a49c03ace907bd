package deliveries

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/inbox"
)

// InboxCreate makes a test URL and goes to its page.
var InboxCreate = api.Route{
	Name:    "console.inbox_create",
	Method:  http.MethodPost,
	Path:    "/settings/webhooks/test-urls",
	Summary: "Make a test URL",
	Allow:   access.ManageWebhooks,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inboxCreate),
}

func inboxCreate(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	i, err := c.Inboxes.Create(ctx, c.Actor, inbox.Settings{}, c.Now)
	if err != nil {
		return page.Back(inboxesPath, err)
	}
	return page.Done(inboxPath(i.ID), "inbox-created")
}
