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

// UserRoleList shows the roles that users can be given, and how many hold each.
var UserRoleList = api.Route{
	Name:    "console.user_role_list",
	Method:  http.MethodGet,
	Path:    "/settings/roles",
	Summary: "Roles and permissions",
	Allow:   access.ViewUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(roleList),
}

type roleListInput struct {
	Did string `query:"did"`
}

type roleListView struct {
	look.Frame
	Add  look.Act
	Rows []roleRow
}

type roleRow struct {
	Name, To, Description string
	Grants                string
	Users, UsersTo        string
}

var roleListPage = look.Page(files, "user_role_list")

func roleList(ctx context.Context, c *api.Call, in roleListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Roles and permissions", Section: "roles", Toast: page.News(in.Did), Lead: "A role says what its holders may do. Admin may do everything, and there is always somebody who is one."})
	if err != nil {
		return api.Answer{}, err
	}
	v := roleListView{Frame: f}
	if f.May(access.ManageUsers) {
		v.Add = look.Act{Text: "Add role", Icon: "plus", To: record.RolesPath + "/new", Tone: "main"}
	}
	all, err := c.Members.Roles(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	held, err := c.Members.Held(ctx, c.Actor.Workspace)
	if err != nil {
		return api.Answer{}, err
	}
	for _, r := range all {
		row := roleRow{Name: r.Name, To: record.RolePath(r.ID), Description: r.Description, Grants: "Everything", Users: look.Count(held[r.ID], "user", "users"), UsersTo: page.With(record.UsersPath, "role", r.ID)}
		if !r.BuiltIn() {
			row.Grants = look.Count(len(r.Grants), "permission", "permissions")
		}
		v.Rows = append(v.Rows, row)
	}
	return page.Show(roleListPage, v)
}
