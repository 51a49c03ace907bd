package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DisableUser keeps a user out of this workspace.
var DisableUser = api.Route{
	Name:    "settings.disable_user",
	Method:  http.MethodPost,
	Path:    "/v1/users/{id}/disable",
	Summary: "Disable a user",
	About:   "For this workspace only. Their sessions here and the API keys that they made are dead at once, and stay so after they are enabled again. Refused for yourself, for who may do more than you, and for the last active Admin. Raises `user.disabled`.",
	Allow:   access.ManageUsers,
	Faults:  []string{"user.not_found", "user.stale", "user.self", "user.outranked", "user.last_admin", "user.invited"},
	Handle:  rest.JSON(disableUser),
}

func disableUser(ctx context.Context, c *api.Call, in userByID) (userView, error) {
	version, err := in.Version()
	if err != nil {
		return userView{}, err
	}
	m, err := c.Members.Disable(ctx, c.Actor, in.ID, version, c.Now)
	return viewUser(m), err
}
