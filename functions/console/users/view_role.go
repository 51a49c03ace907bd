package users

import (
	"context"
	"slices"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/member"
)

var toRoles = look.Link{Text: "Roles and permissions", To: record.RolesPath}

// roleFields is the form of a role as a browser posts it.
type roleFields struct {
	ID          string   `path:"id"`
	Name        string   `form:"name"`
	Description string   `form:"description"`
	Grants      []string `form:"grants"`
	Version     int64    `form:"version"`
	Did         string   `query:"did"`
}

func (in roleFields) details() member.RoleDetails {
	d := member.RoleDetails{Name: page.Trim(in.Name), Description: page.Trim(in.Description), Grants: []access.Grant{}}
	for _, g := range in.Grants {
		d.Grants = append(d.Grants, access.Grant(g))
	}
	return d
}

func roleFieldsOf(r *member.Role) roleFields {
	in := roleFields{ID: r.ID, Name: r.Name, Description: r.Description, Version: r.Version}
	for _, g := range r.Grants {
		in.Grants = append(in.Grants, string(g))
	}
	return in
}

type roleFormView struct {
	look.Frame
	Wrong   *look.Notice
	Action  string // empty: nothing can be changed
	Do      string
	Version int64
	Fields  []look.Field
	Grants  look.Picker
	Note    *look.Notice
	Acts    []look.Act
	Held    string    // how many hold it
	Holders look.Link // who does
	Delete  *look.Dialog
}

var roleFormPage = look.Page(files, "user_role_form")

// form fills in what is asked of a role.
func (in roleFields) form(ctx context.Context, c *api.Call, head look.Frame, because error) (v roleFormView, err error) {
	if v.Frame, err = page.Frame(ctx, c, head); err != nil {
		return v, err
	}
	fields := []look.Field{
		{Name: "name", Label: "Name", Value: in.Name, Required: true, Max: 80, Placeholder: "Customer success"},
		{Name: "description", Label: "Description", Value: in.Description, Max: 500, Hint: "Whom it is for."},
		{Name: "grants", Label: "Permissions"},
	}
	v.Wrong, v.Fields, v.Version = page.Wrong(because, fields), fields[:2], in.Version
	v.Grants = look.Picker{Name: "grants", Legend: "What its holders may do", Search: "Find a permission", Wrong: fields[2].Wrong, Sets: permissions(in.Grants, c.Actor.May)}
	return v, nil
}

// areas is what the parts of the product are called where permissions are given.
var areas = map[string]string{
	"assets": "Vehicles", "audit": "Audit log", "care": "Fleet care", "events": "Events", "expenses": "Costs and insurance", "exports": "Exports",
	"inspections": "Inspections", "keys": "API keys", "locations": "Locations", "people": "Customers", "settings": "Workspace", "tracking": "Tracking",
	"users": "Users and roles", "webhooks": "Webhooks",
}

// permissions are those of the catalogue that offer takes, by area, the chosen ones
// ticked. Each says in one sentence what it means.
func permissions(chosen []string, offer func(access.Grant) bool) (sets []look.Set) {
	for _, p := range access.Catalogue {
		if !offer(p.Grant) {
			continue
		}
		name, ok := areas[p.Grant.Area()]
		if !ok {
			name = page.TitleOf(p.Grant.Area())
		}
		at := slices.IndexFunc(sets, func(s look.Set) bool { return s.Text == name })
		if at < 0 {
			at = len(sets)
			sets = append(sets, look.Set{Option: look.Option{Text: name}, Words: name})
		}
		g := string(p.Grant)
		sets[at].Members = append(sets[at].Members, look.Option{Value: g, Text: p.Description + ".", Hint: g, Chosen: slices.Contains(chosen, g)})
	}
	return sets
}
