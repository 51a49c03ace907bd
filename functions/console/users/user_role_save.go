package users

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/member"
)

// UserRoleSave changes a role, unless somebody else has meanwhile.
var UserRoleSave = api.Route{
	Name:    "console.user_role_save",
	Method:  http.MethodPost,
	Path:    "/settings/roles/{id}",
	Summary: "Change a role",
	Allow:   access.ManageUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(roleSave),
}

func roleSave(ctx context.Context, c *api.Call, in roleFields) (api.Answer, error) {
	_, err := c.Members.EditRole(ctx, c.Actor, in.ID, func(d *member.RoleDetails) error { *d = in.details(); return nil }, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(record.RolePath(in.ID), err)
	case page.Mine(err) || fault.CodeOf(err) == "role.beyond":
		r, lost := c.Members.Role(ctx, c.Actor.Workspace, in.ID)
		if lost != nil {
			return api.Answer{}, lost
		}
		return editRoleForm(ctx, c, r, in, "", err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(record.RolePath(in.ID), "role-saved")
}
