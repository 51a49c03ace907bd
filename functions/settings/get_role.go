package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetRole shows one role.
var GetRole = api.Route{
	Name:    "settings.get_role",
	Method:  http.MethodGet,
	Path:    "/v1/roles/{id}",
	Summary: "Get a role",
	Allow:   access.ViewUsers,
	Faults:  []string{"role.not_found"},
	Handle:  rest.JSON(getRole),
}

type getRoleInput struct {
	ID string `path:"id"`
}

func getRole(ctx context.Context, c *api.Call, in getRoleInput) (roleView, error) {
	r, err := c.Members.Role(ctx, c.Actor.Workspace, in.ID)
	return viewRole(ctx, c, r, err)
}
