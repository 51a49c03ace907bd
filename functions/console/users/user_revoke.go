package users

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// UserRevoke takes an invitation back.
var UserRevoke = api.Route{
	Name:    "console.user_revoke",
	Method:  http.MethodPost,
	Path:    "/settings/users/{id}/revoke",
	Summary: "Revoke an invitation",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(userRevoke),
}

func userRevoke(ctx context.Context, c *api.Call, in userPageInput) (api.Answer, error) {
	if err := c.Members.Revoke(ctx, c.Actor, in.ID, c.Now); err != nil {
		return page.Back(record.UserPath(in.ID), err)
	}
	return page.Done(record.UsersPath, "user-revoked")
}
