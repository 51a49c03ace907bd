package users

import (
	"context"
	"net/http"
	"slices"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/member"
)

// UserRolePage shows one role, as a form to whoever may change it.
var UserRolePage = api.Route{
	Name:    "console.user_role_page",
	Method:  http.MethodGet,
	Path:    "/settings/roles/{id}",
	Summary: "One role",
	Allow:   access.ViewUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(rolePage),
}

type rolePageInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
}

func rolePage(ctx context.Context, c *api.Call, in rolePageInput) (api.Answer, error) {
	r, err := c.Members.Role(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	return editRoleForm(ctx, c, r, roleFieldsOf(r), in.Did, nil)
}

func editRoleForm(ctx context.Context, c *api.Call, r *member.Role, in roleFields, did string, because error) (api.Answer, error) {
	v, err := in.form(ctx, c, look.Frame{Title: r.Name, Lead: r.Description, Section: "roles", Crumbs: []look.Link{toRoles}, Toast: page.News(did)}, because)
	if err != nil {
		return api.Answer{}, err
	}
	n, err := c.Members.Holders(ctx, c.Actor.Workspace, r.ID)
	if err != nil {
		return api.Answer{}, err
	}
	v.Held, v.Holders = "Nobody holds this role.", look.Link{Text: "Give it to a user", To: record.UsersPath}
	if n > 0 {
		v.Held, v.Holders = look.Count(n, "user holds", "users hold")+" this role.", look.Link{Text: "Show who", To: page.With(record.UsersPath, "role", r.ID)}
	}
	beyond := slices.ContainsFunc(r.Grants, func(g access.Grant) bool { return !c.Actor.May(g) })
	switch {
	case r.BuiltIn():
		v.Note = &look.Notice{Text: "Admin is built in. It may do everything there is, now and later, and cannot be changed or deleted."}
	case v.May(access.ManageUsers) && beyond:
		v.Note = &look.Notice{Text: "This role may do more than you. An Admin can change it."}
	case v.May(access.ManageUsers):
		v.Action, v.Do = record.RolePath(r.ID), "Save changes"
		v.offerDelete(r, n)
	}
	if v.Action == "" {
		v.Grants.Sets = permissions(nil, func(g access.Grant) bool { return slices.Contains(r.Grants, g) })
	}
	if because != nil {
		return page.Again(roleFormPage, v)
	}
	return page.Show(roleFormPage, v)
}

// offerDelete offers to delete a role, or to see who would have to get another.
func (v *roleFormView) offerDelete(r *member.Role, holders int) {
	if holders > 0 {
		v.Held += " It can be deleted once they have another one."
		return
	}
	v.Acts = []look.Act{{Text: "Delete", Icon: "bin", Dialog: "delete", Tone: "risky"}}
	v.Delete = &look.Dialog{ID: "delete", Title: "Delete the role " + r.Name + "?", Text: "Nobody holds it.", Action: record.RolePath(r.ID) + "/delete", Do: "Delete role", Danger: true}
}
