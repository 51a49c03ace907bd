package users

import (
	"cmp"
	"context"
	"slices"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/location"
	"motorpool/shared/member"
)

var toUsers = look.Link{Text: "Users", To: record.UsersPath}

// userFields is the form of a user as a browser posts it.
type userFields struct {
	ID              string   `path:"id"`
	Email           string   `form:"email"`
	Name            string   `form:"name"`
	Role            string   `form:"role"`
	Locations       []string `form:"locations"`
	DefaultLocation string   `form:"default_location"`
	Placed          bool     `form:"placed"` // the form offered locations
	Version         int64    `form:"version"`
	Did             string   `query:"did"`
}

func (in userFields) details() member.Details {
	return member.Details{Name: page.Trim(in.Name), Role: in.Role, Locations: in.Locations, DefaultLocation: in.DefaultLocation}
}

// describe replaces d by what the form says; of what it did not ask it says nothing.
func (in userFields) describe(d *member.Details) error {
	next := in.details()
	if !in.Placed {
		next.Locations, next.DefaultLocation = d.Locations, d.DefaultLocation
	}
	*d = next
	return nil
}

func userFieldsOf(m *member.Member) userFields {
	return userFields{ID: m.ID, Email: m.Email, Name: m.Name, Role: m.Role, Locations: m.Locations, DefaultLocation: m.DefaultLocation, Version: m.Version}
}

type userFormView struct {
	look.Frame
	Wrong   *look.Notice
	Action  string // empty: nothing can be changed
	Do      string
	Version int64
	Fields  []look.Field
	Places  look.Picker // no sets: there are no locations

	Acts    []look.Act
	State   look.Badge
	Note    *look.Notice
	Facts   []userFact
	Work    []look.Link // what is assigned to them
	Dialogs []look.Dialog
}

type userFact struct {
	Name, Text string
	To         string
	At         look.Moment
}

var userFormPage = look.Page(files, "user_form")

// form fills in what is asked of a user. A new one has an address to give.
func (in userFields) form(ctx context.Context, c *api.Call, head look.Frame, because error) (v userFormView, err error) {
	if v.Frame, err = page.Frame(ctx, c, head); err != nil {
		return v, err
	}
	roles, err := roleOptions(ctx, c, in.Role)
	if err != nil {
		return v, err
	}
	places, err := record.AllLocations(ctx, c)
	if err != nil {
		return v, err
	}
	address := page.EmailField
	address.Value, address.Complete, address.Hint = in.Email, "off", "It cannot be changed once they have joined."
	fields := []look.Field{
		address,
		{Name: "name", Label: "Name", Value: in.Name, Required: true, Max: 100},
		{Name: "role", Label: "Role", Type: "select", Options: roles, Hint: "What they may do here. You can give what you may do yourself."},
		{Name: "default_location", Label: "Usual location", Type: "select", Options: look.Choose(in.DefaultLocation, placeOptions(places, "None")...)},
		{Name: "locations", Label: "Locations"},
	}
	v.Wrong, v.Version = page.Wrong(because, fields), in.Version
	if v.Fields = fields[:4]; in.ID != "" {
		v.Fields = fields[1:4]
	}
	if len(places) == 0 {
		v.Fields = v.Fields[:len(v.Fields)-1]
		return v, nil
	}
	v.Places = look.Picker{Name: "locations", Legend: "Works at these locations only. Tick none for all.", Wrong: fields[4].Wrong}
	set := look.Set{}
	for _, p := range places {
		set.Members = append(set.Members, look.Option{Value: p.ID, Text: p.Name, Hint: p.Code, Chosen: slices.Contains(in.Locations, p.ID)})
	}
	v.Places.Sets = []look.Set{set}
	return v, nil
}

// roleOptions are the roles that the reader can give, and the one that is chosen.
func roleOptions(ctx context.Context, c *api.Call, chosen string) ([]look.Option, error) {
	all, err := c.Members.Roles(ctx, c.Actor.Workspace)
	if err != nil {
		return nil, err
	}
	var out []look.Option
	for _, r := range all {
		if r.ID == chosen || !slices.ContainsFunc(r.Grants, func(g access.Grant) bool { return !c.Actor.Holds(g) }) {
			out = append(out, look.Option{Value: r.ID, Text: r.Name})
		}
	}
	return look.Choose(chosen, out...), nil
}

// roleNames are the workspace's roles by id.
func roleNames(ctx context.Context, c *api.Call) (map[string]string, error) {
	all, err := c.Members.Roles(ctx, c.Actor.Workspace)
	names := map[string]string{}
	for _, r := range all {
		names[r.ID] = r.Name
	}
	return names, err
}

// locationNames are the locations that the reader may see, by id.
func locationNames(ctx context.Context, c *api.Call) (map[string]string, error) {
	all, err := record.AllLocations(ctx, c)
	names := map[string]string{}
	for _, l := range all {
		names[l.ID] = l.Name
	}
	return names, err
}

func placeOptions(all []*location.Location, none string) []look.Option {
	out := []look.Option{{Text: none}}
	for _, l := range all {
		out = append(out, look.Option{Value: l.ID, Text: l.Name})
	}
	return out
}

// spelled are the names of ids; an id that has none stays as it is.
func spelled(ids []string, names map[string]string) (out []string) {
	for _, id := range ids {
		out = append(out, cmp.Or(names[id], id))
	}
	return out
}

func userBadge(m *member.Member, at time.Time) look.Badge {
	switch {
	case m.State == member.Disabled:
		return look.Badge{Icon: "stop", Text: "Disabled"}
	case m.State == member.Invited && !at.Before(m.Invited.Add(member.InvitationLasts)):
		return look.Badge{Tone: "bad", Icon: "clock", Text: "Invitation expired"}
	case m.State == member.Invited:
		return look.Badge{Tone: "warn", Icon: "send", Text: "Invited"}
	}
	return look.Badge{Tone: "ok", Icon: "check", Text: "Active"}
}
