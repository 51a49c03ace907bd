package users

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// UserRoleDelete removes a role that nobody holds.
var UserRoleDelete = api.Route{
	Name:    "console.user_role_delete",
	Method:  http.MethodPost,
	Path:    "/settings/roles/{id}/delete",
	Summary: "Delete a role",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(roleDelete),
}

func roleDelete(ctx context.Context, c *api.Call, in rolePageInput) (api.Answer, error) {
	if err := c.Members.DeleteRole(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.RolePath(in.ID), err)
	}
	return page.Done(record.RolesPath, "role-deleted")
}
