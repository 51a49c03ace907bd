package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/member"
)

// EditUser changes the name, the role or the locations of a user.
var EditUser = api.Route{
	Name:    "settings.edit_user",
	Method:  http.MethodPatch,
	Path:    "/v1/users/{id}",
	Summary: "Edit a user",
	About:   "The body is a JSON merge patch (RFC 7396). It changes the name, the role and the locations; they hold at once. Refused for who may do more than you, and where it would leave no active Admin. Raises `user.role_changed` and `user.updated`.",
	Allow:   access.ManageUsers,
	Faults:  []string{"user.not_found", "user.stale", "user.invalid", "user.role", "user.beyond", "user.outranked", "user.last_admin", "user.location"},
	Handle:  rest.JSON(editUser),
}

type editUserInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[userChanges]
}

type userChanges struct {
	Name            string   `json:"name" minLength:"1" maxLength:"100"`
	Role            string   `json:"role" example:"rol_admin"`
	Locations       []string `json:"locations,omitempty" maxItems:"50" doc:"The only locations they work at; empty: all"`
	DefaultLocation string   `json:"default_location,omitempty"`
}

func editUser(ctx context.Context, c *api.Call, in editUserInput) (userView, error) {
	version, err := in.Version()
	if err != nil {
		return userView{}, err
	}
	m, err := c.Members.Edit(ctx, c.Actor, in.ID, func(d *member.Details) error {
		changes := userChanges(*d)
		err := in.Body.Apply(&changes)
		*d = member.Details(changes)
		return err
	}, version, c.Now)
	return viewUser(m), err
}
