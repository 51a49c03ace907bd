package users

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/member"
)

// UserList shows who works here, who is invited, and who no longer may.
var UserList = api.Route{
	Name:    "console.user_list",
	Method:  http.MethodGet,
	Path:    "/settings/users",
	Summary: "Users",
	Allow:   access.ViewUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(userList),
}

type userListInput struct {
	Q      string `query:"q"`
	State  string `query:"state"`
	Role   string `query:"role"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type userListView struct {
	look.Frame
	Acts     []look.Act
	Filters  []look.Field
	Filtered bool
	Strict   *look.Notice
	Rows     []userRow
	Dialogs  []look.Dialog
	Pager    look.Pager
	Empty    look.Empty
}

type userRow struct {
	Name, To, Email string
	State           look.Badge
	Role, RoleTo    string
	Places          string
	Seen            look.Moment
}

var userListPage = look.Page(files, "user_list")

func userList(ctx context.Context, c *api.Call, in userListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Users", Section: "users", Toast: page.News(in.Did), Lead: "Who works in this workspace. Their role says what they may do, their locations where."})
	if err != nil {
		return api.Answer{}, err
	}
	v := userListView{Frame: f, Filtered: in.Q+in.State+in.Role != ""}
	if err := v.strictness(ctx, c); err != nil {
		return api.Answer{}, err
	}
	v.Empty = look.Empty{Icon: "user", Title: "Nobody yet", Text: "Invite whoever works with you. They choose a password of their own."}
	if v.Filtered {
		v.Empty = look.Empty{Icon: "search", Title: "Nobody is like that", Text: "Try a shorter piece of the name or the address.", Links: []look.Link{{Text: "Clear the filters", To: record.UsersPath}}}
	}
	if f.May(access.ManageUsers) {
		v.Acts = append(v.Acts, look.Act{Text: "Invite user", Icon: "plus", To: record.UsersPath + "/new", Tone: "main"})
	}
	roles, err := roleNames(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	v.Filters = userFilters(in, roles)
	batch, next, err := c.Members.List(ctx, c.Actor, member.Filter{State: member.State(in.State), Role: in.Role, Q: page.Trim(in.Q)}, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	if v.Rows, err = userRows(ctx, c, f.Clock, batch, roles); err != nil {
		return api.Answer{}, err
	}
	v.Pager = page.Pager(look.Count(len(batch), "user", "users"), in.Cursor, next, record.UsersPath, "q", in.Q, "state", in.State, "role", in.Role)
	return page.Show(userListPage, v)
}

func userFilters(in userListInput, roles map[string]string) []look.Field {
	options := []look.Option{{Text: "All roles"}}
	for id, name := range roles {
		options = append(options, look.Option{Value: id, Text: name})
	}
	slices.SortFunc(options[1:], func(a, b look.Option) int { return strings.Compare(a.Text, b.Text) })
	return []look.Field{
		{Name: "q", Label: "Search", Value: in.Q, Placeholder: "Name or address", Search: true, Max: 254},
		{Name: "state", Label: "Status", Type: "select", Options: look.Choose(in.State, look.Option{Text: "All"},
			look.Option{Value: "active", Text: "Active"}, look.Option{Value: "invited", Text: "Invited"}, look.Option{Value: "disabled", Text: "Disabled"})},
		{Name: "role", Label: "Role", Type: "select", Options: look.Choose(in.Role, options...)},
	}
}

func userRows(ctx context.Context, c *api.Call, clock look.Clock, batch []*member.Member, roles map[string]string) (rows []userRow, err error) {
	var seen map[string]time.Time
	if seen, err = c.Members.LastSeen(ctx, c.Actor.Workspace); err != nil {
		return nil, err
	}
	places, err := locationNames(ctx, c)
	if err != nil {
		return nil, err
	}
	for _, m := range batch {
		r := userRow{
			Name: m.Name, To: record.UserPath(m.ID), Email: m.Email, State: userBadge(m, c.Now), Role: roles[m.Role], RoleTo: record.RolePath(m.Role),
			Places: "All", Seen: clock.Ago(seen[m.ID]),
		}
		if len(m.Locations) > 0 {
			r.Places = strings.Join(spelled(m.Locations, places), ", ")
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// strictness says whether a code of the phone is asked for here, to those who can change it.
func (v *userListView) strictness(ctx context.Context, c *api.Call) error {
	w, err := c.Workspaces.Get(ctx, c.Actor.Workspace)
	if err != nil {
		return err
	}
	if w.Settings.RequireMFA {
		v.Strict = &look.Notice{Tone: "ok", Text: "Whoever works here gives a code of their phone when they sign in."}
	}
	if !v.May(access.ManageSettings) {
		return nil
	}
	d := look.Dialog{ID: "strict", Action: record.UsersPath + "/codes", Title: "Ask everybody for a code of their phone?", Do: "Ask for codes", Hidden: []look.Option{{Text: "on", Value: "true"}}, Points: []string{
		"Who has no app for codes yet sets one up when they come next, you too. Until then they see nothing of this workspace.",
		"Who signs in by a link or a password gives a code as well.",
	}}
	act := look.Act{Text: "Ask for codes", Icon: "shield", Dialog: d.ID}
	if w.Settings.RequireMFA {
		act.Text = "Stop asking for codes"
		d = look.Dialog{ID: d.ID, Action: d.Action, Title: "Stop asking for codes?", Do: "Stop asking", Danger: true, Text: "Who has set up an app is still asked for a code. Nobody else has to set one up."}
	}
	v.Acts, v.Dialogs = append(v.Acts, act), append(v.Dialogs, d)
	return nil
}
