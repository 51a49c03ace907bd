package console

import (
	"context"
	"net/http"

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
	Handle:  page(userDisable),
}

func userDisable(ctx context.Context, c *api.Call, in userPageInput) (api.Answer, error) {
	if _, err := c.Members.Disable(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return back(userPath(in.ID), err)
	}
	return done(userPath(in.ID), "user-disabled")
}
