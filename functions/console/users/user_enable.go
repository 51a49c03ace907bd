package users

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// UserEnable lets a disabled user in again.
var UserEnable = api.Route{
	Name:    "console.user_enable",
	Method:  http.MethodPost,
	Path:    "/settings/users/{id}/enable",
	Summary: "Enable a user",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(userEnable),
}

func userEnable(ctx context.Context, c *api.Call, in userPageInput) (api.Answer, error) {
	if _, err := c.Members.Enable(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.UserPath(in.ID), err)
	}
	return page.Done(record.UserPath(in.ID), "user-enabled")
}
