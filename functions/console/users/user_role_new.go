package users

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// UserRoleNew asks what a new role is called and allows.
var UserRoleNew = api.Route{
	Name:    "console.user_role_new",
	Method:  http.MethodGet,
	Path:    "/settings/roles/new",
	Summary: "The form that adds a role",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(roleNew),
}

func roleNew(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	return newRoleForm(ctx, c, roleFields{}, nil)
}

func newRoleForm(ctx context.Context, c *api.Call, in roleFields, because error) (api.Answer, error) {
	v, err := in.form(ctx, c, look.Frame{Title: "Add a role", Section: "roles", Crumbs: []look.Link{toRoles}, Lead: "You can allow what you may do yourself."}, because)
	if err != nil {
		return api.Answer{}, err
	}
	v.Action, v.Do = record.RolesPath, "Add role"
	if because != nil {
		return page.Again(roleFormPage, v)
	}
	return page.Show(roleFormPage, v)
}
