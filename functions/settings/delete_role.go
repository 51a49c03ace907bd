package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DeleteRole removes a role that nobody holds.
var DeleteRole = api.Route{
	Name:    "settings.delete_role",
	Method:  http.MethodDelete,
	Path:    "/v1/roles/{id}",
	Summary: "Delete a role",
	About:   "Refused while a user holds it, disabled and invited ones too. Raises `role.deleted`.",
	Allow:   access.ManageUsers,
	Status:  http.StatusNoContent,
	Faults:  []string{"role.not_found", "role.stale", "role.in_use", "role.outranked", "role.built_in"},
	Handle:  rest.JSON(deleteRole),
}

type deleteRoleInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func deleteRole(ctx context.Context, c *api.Call, in deleteRoleInput) (api.None, error) {
	version, err := in.Version()
	if err != nil {
		return api.None{}, err
	}
	return api.None{}, c.Members.DeleteRole(ctx, c.Actor, in.ID, version, c.Now)
}
