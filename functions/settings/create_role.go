package settings

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/member"
)

// CreateRole adds a role.
var CreateRole = api.Route{
	Name:    "settings.create_role",
	Method:  http.MethodPost,
	Path:    "/v1/roles",
	Summary: "Add a role",
	About:   "It can allow no more than you may do yourself. Raises `role.created`.",
	Allow:   access.ManageUsers,
	Status:  http.StatusCreated,
	Faults:  []string{"role.invalid", "role.name_taken", "role.beyond", "role.too_many"},
	Handle:  rest.JSON(createRole),
}

type createRoleInput struct {
	Body member.RoleDetails
}

func createRole(ctx context.Context, c *api.Call, in createRoleInput) (roleView, error) {
	r, err := c.Members.CreateRole(ctx, c.Actor, in.Body, c.Now)
	return viewRole(ctx, c, r, err)
}
