package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/member"
)

// EditRole changes what a role is called and allows.
var EditRole = api.Route{
	Name:    "settings.edit_role",
	Method:  http.MethodPatch,
	Path:    "/v1/roles/{id}",
	Summary: "Edit a role",
	About:   "The body is a JSON merge patch (RFC 7396). What the role allows holds for all who hold it at once. Refused for a role that may do more than you. Raises `role.updated` if anything changed.",
	Allow:   access.ManageUsers,
	Faults:  []string{"role.not_found", "role.stale", "role.invalid", "role.name_taken", "role.beyond", "role.outranked", "role.built_in"},
	Handle:  rest.JSON(editRole),
}

type editRoleInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[member.RoleDetails]
}

func editRole(ctx context.Context, c *api.Call, in editRoleInput) (roleView, error) {
	version, err := in.Version()
	if err != nil {
		return roleView{}, err
	}
	r, err := c.Members.EditRole(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return viewRole(ctx, c, r, err)
}
