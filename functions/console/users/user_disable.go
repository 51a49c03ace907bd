package users

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// UserDisable keeps a user out of this workspace.
var UserDisable = api.Route{
	Name:    "console.user_disable",
	Method:  http.MethodPost,
	Path:    "/settings/users/{id}/disable",
	Summary: "Disable a user",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(userDisable),
}

func userDisable(ctx context.Context, c *api.Call, in userPageInput) (api.Answer, error) {
	if _, err := c.Members.Disable(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.UserPath(in.ID), err)
	}
	return page.Done(record.UserPath(in.ID), "user-disabled")
}
