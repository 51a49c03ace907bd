package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// EnableUser lets a disabled user in again.
var EnableUser = api.Route{
	Name:    "settings.enable_user",
	Method:  http.MethodPost,
	Path:    "/v1/users/{id}/enable",
	Summary: "Enable a user",
	About:   "They sign in anew. Raises `user.enabled`.",
	Allow:   access.ManageUsers,
	Faults:  []string{"user.not_found", "user.stale", "user.outranked", "user.invited"},
	Handle:  rest.JSON(enableUser),
}

func enableUser(ctx context.Context, c *api.Call, in userByID) (userView, error) {
	version, err := in.Version()
	if err != nil {
		return userView{}, err
	}
	m, err := c.Members.Enable(ctx, c.Actor, in.ID, version, c.Now)
	return viewUser(m), err
}
