package member

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/mail"
)

// Admin is the role that every workspace has, whose holders may do everything
// there is, now and later.
const Admin = "rol_admin"

// Role is a set of grants that members hold together.
type Role struct {
	ID        string `json:"id"` // rol_…
	Workspace string `json:"workspace"`
	RoleDetails
	Created time.Time `json:"created_at"`
	Updated time.Time `json:"updated_at"`
	Version int64     `json:"-"`

	was  *Role
	news []events.Event
}

// RoleDetails is what people say of a role.
type RoleDetails struct {
	Name        string         `json:"name" doc:"No other role of the workspace may have it" example:"Customer success"`
	Description string         `json:"description,omitempty" doc:"At most 500 characters"`
	Grants      []access.Grant `json:"grants" doc:"What its holders may do. You can give what you hold yourself: GET /v1/me lists it" example:"[\"assets.view\",\"people.view\"]"`
}

func admin(workspace string) *Role {
	return &Role{
		ID: Admin, Workspace: workspace, Version: 1,
		RoleDetails: RoleDetails{Name: "Admin", Description: "May do everything. Built in, and cannot be changed.", Grants: access.All()},
	}
}

func createRole(id, workspace string, d RoleDetails, at time.Time) (*Role, error) {
	d, err := d.checked()
	if err != nil {
		return nil, err
	}
	r := &Role{ID: id, Workspace: workspace, RoleDetails: d, Created: at, Updated: at, Version: 1}
	r.news = append(r.news, events.RoleCreated{Object: r.Object()})
	return r, nil
}

// Describe replaces what is said of r. Saying the same again changes nothing.
func (r *Role) Describe(d RoleDetails, at time.Time) error {
	if r.BuiltIn() {
		return builtIn()
	}
	d, err := d.checked()
	if err != nil {
		return err
	}
	was := r.Object()
	r.RoleDetails = d
	if before := events.Differences(was, r.Object()); len(before) > 0 {
		r.Version, r.Updated = r.Version+1, at
		r.news = append(r.news, events.RoleUpdated{Object: r.Object(), Previous: before})
	}
	return nil
}

// BuiltIn reports whether r is the product's own.
func (r *Role) BuiltIn() bool { return r.ID == Admin }

// Object is r as the outside sees it: in events and in answers of the API.
func (r *Role) Object() events.Role {
	grants := make([]string, len(r.Grants))
	for i, g := range r.Grants {
		grants[i] = string(g)
	}
	slices.Sort(grants)
	return events.Role{
		ID: r.ID, Name: r.Name, Description: r.Description, Grants: grants, BuiltIn: r.BuiltIn(),
		CreatedAt: r.Created, UpdatedAt: r.Updated, Version: r.Version,
	}
}

// complaints are those of a role's or a user's form.
type complaints struct{ form.Complaints }

// line trims text and sees that it is one line of at most max characters.
func (c *complaints) line(field string, text *string, least, max int) {
	*text = strings.TrimSpace(*text)
	n := utf8.RuneCountInString(*text)
	if n < least || n > max || !form.Line(*text) {
		c.Add(field, "Give one line of %d to %d characters.", least, max)
	}
}

func (d RoleDetails) checked() (RoleDetails, error) {
	c := &complaints{form.Complaints{Noun: "role", Words: "This role cannot be kept as it is; see errors."}}
	c.line("name", &d.Name, 1, 80)
	c.line("description", &d.Description, 0, 500)
	if fold(d.Name) == "admin" {
		c.Add("name", "Every workspace has a role of this name. Choose another.")
	}
	if len(d.Grants) == 0 {
		c.Add("grants", "Give at least one permission.")
	}
	d.Grants = slices.Clone(d.Grants)
	for i, g := range d.Grants {
		switch {
		case !access.Known(g):
			c.Add(fmt.Sprintf("grants[%d]", i), "There is no such permission. GET /v1/me lists those you can give.")
		case slices.Contains(d.Grants[:i], g):
			c.Add(fmt.Sprintf("grants[%d]", i), "Name each permission once.")
		}
	}
	err := c.Err()
	slices.Sort(d.Grants)
	return d, err
}

// maxLocations is at how many locations somebody can be bound to work.
const maxLocations = 50

func (d Details) checked() (Details, error) {
	c := &complaints{form.Complaints{Noun: "user", Words: "This user cannot be kept as it is; see errors."}}
	c.line("name", &d.Name, 1, 100)
	if d.Role != Admin && !ident.Has("rol", d.Role) {
		c.Add("role", "There is no such role. Give its id: rol_…")
	}
	d.Locations = slices.Clone(d.Locations)
	slices.Sort(d.Locations)
	if len(d.Locations) > maxLocations {
		c.Add("locations", "Give at most %d locations, or none for all.", maxLocations)
	}
	for i, l := range d.Locations {
		switch {
		case !ident.Has("loc", l):
			c.Add("locations", "There is no location %q. Give ids: loc_…", l)
		case i > 0 && d.Locations[i-1] == l:
			c.Add("locations", "Name each location once.")
		}
	}
	if l := d.DefaultLocation; l != "" && !ident.Has("loc", l) {
		c.Add("default_location", "There is no such location. Give its id: loc_…")
	} else if l != "" && len(d.Locations) > 0 && !slices.Contains(d.Locations, l) {
		c.Add("default_location", "Choose one of the locations that they work at.")
	}
	if d.Role == Admin && len(d.Locations) > 0 {
		c.Add("locations", "An Admin works at all locations. Leave this empty, or choose another role.")
	}
	return d, c.Err()
}

// checkedEmail returns the address as people have them.
func checkedEmail(email string) (string, error) {
	email = strings.TrimSpace(email)
	if (mail.Address{Email: email}).Validate() != nil {
		return "", fault.New(fault.Invalid, "user.email", "Give an e-mail address like ada@example.com.").At("email")
	}
	return email, nil
}

// fold is the form in which names and addresses are told apart.
func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func builtIn() error {
	return fault.New(fault.Conflict, "role.built_in", "Admin is built in and cannot be changed or deleted. Add a role of your own instead.")
}
