package users

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// UserRoleCreate adds a role.
var UserRoleCreate = api.Route{
	Name:    "console.user_role_create",
	Method:  http.MethodPost,
	Path:    "/settings/roles",
	Summary: "Add a role",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(roleCreate),
}

func roleCreate(ctx context.Context, c *api.Call, in roleFields) (api.Answer, error) {
	_, err := c.Members.CreateRole(ctx, c.Actor, in.details(), c.Now)
	if page.Mine(err) || fault.CodeOf(err) == "role.beyond" {
		return newRoleForm(ctx, c, in, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.RolesPath, "role-created")
}
