package users

import (
	"context"
	"net/http"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/member"
)

// UserPage shows one user, as a form to whoever may change them.
var UserPage = api.Route{
	Name:    "console.user_page",
	Method:  http.MethodGet,
	Path:    "/settings/users/{id}",
	Summary: "One user",
	Allow:   access.ViewUsers,
	Door:    api.SessionDoor,
	Handle:  page.Handler(userPage),
}

type userPageInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
}

func userPage(ctx context.Context, c *api.Call, in userPageInput) (api.Answer, error) {
	m, err := c.Members.Get(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	return editUserForm(ctx, c, m, userFieldsOf(m), in.Did, nil)
}

func editUserForm(ctx context.Context, c *api.Call, m *member.Member, in userFields, did string, because error) (api.Answer, error) {
	v, err := in.form(ctx, c, look.Frame{Title: m.Name, Lead: m.Email, Section: "users", Crumbs: []look.Link{toUsers}, Toast: page.News(did)}, because)
	if err != nil {
		return api.Answer{}, err
	}
	v.State = userBadge(m, c.Now)
	if err := v.describe(ctx, c, m); err != nil {
		return api.Answer{}, err
	}
	if v.May(access.ManageUsers) {
		err := c.Members.Changeable(ctx, c.Actor, m.ID)
		if err != nil && fault.KindOf(err) != fault.Denied {
			return api.Answer{}, err
		}
		if err != nil {
			v.Note = &look.Notice{Text: "This user may do more than you, or works where you do not. An Admin can change them."}
		} else {
			v.Action, v.Do = record.UserPath(m.ID), "Save changes"
			v.offer(c, m)
		}
	}
	if because != nil {
		return page.Again(userFormPage, v)
	}
	return page.Show(userFormPage, v)
}

// describe says what is known of a user.
func (v *userFormView) describe(ctx context.Context, c *api.Call, m *member.Member) error {
	roles, err := roleNames(ctx, c)
	if err != nil {
		return err
	}
	seen, err := c.Members.LastSeen(ctx, c.Actor.Workspace)
	if err != nil {
		return err
	}
	places, err := locationNames(ctx, c)
	if err != nil {
		return err
	}
	at := "All"
	if len(m.Locations) > 0 {
		at = strings.Join(spelled(m.Locations, places), ", ")
	}
	v.Facts = []userFact{
		{Name: "Role", Text: roles[m.Role], To: record.RolePath(m.Role)},
		{Name: "Locations", Text: at},
		{Name: "Invited", At: v.Exact(m.Invited)},
		{Name: "Joined", Text: "Not yet", At: v.Exact(m.Activated)},
		{Name: "Last seen", Text: "Never", At: v.Exact(seen[m.ID])},
	}
	if m.State == member.Disabled {
		v.Facts = append(v.Facts, userFact{Name: "Disabled", At: v.Exact(m.Disabled)})
	}
	if v.May(access.ViewAudit) {
		v.Facts = append(v.Facts, userFact{Name: "Audit log", Text: "What they did", To: page.With(record.AuditPath, "actor", m.ID)}, userFact{Text: "What was done to them", To: page.With(record.AuditPath, "object", m.ID)})
	}
	work, err := c.Members.Assigned(ctx, c.Actor, m.ID)
	for _, o := range work {
		v.Work = append(v.Work, look.Link{Text: page.TitleOf(o.Type) + ": " + o.Name, To: record.PathOf(o)})
	}
	return err
}

// offer adds what can be done to a user in their state.
func (v *userFormView) offer(c *api.Call, m *member.Member) {
	to := record.UserPath(m.ID)
	switch {
	case m.State == member.Invited:
		v.Acts = []look.Act{{Text: "Send again", Icon: "send", Post: to + "/resend"}, {Text: "Revoke", Icon: "bin", Dialog: "revoke", Tone: "risky"}}
		v.Dialogs = []look.Dialog{{ID: "revoke", Title: "Revoke the invitation of " + m.Name + "?", Text: "The link that they were sent works no more.", Action: to + "/revoke", Do: "Revoke invitation", Danger: true}}
	case m.State == member.Disabled:
		v.Acts = []look.Act{{Text: "Enable", Icon: "play", Post: to + "/enable", Tone: "main"}}
		v.Note = &look.Notice{Tone: "warn", Text: m.Name + " cannot come into this workspace. Other workspaces are not touched by that."}
	case m.ID != c.Actor.ID:
		v.Acts = []look.Act{{Text: "Disable", Icon: "stop", Dialog: "disable", Tone: "risky"}}
		d := look.Dialog{ID: "disable", Title: "Disable " + m.Name + "?", Action: to + "/disable", Do: "Disable user", Danger: true, Points: []string{
			"They are out of this workspace at once, wherever they are signed in. Other workspaces are not touched.",
			"The API keys that they made stop working, for good.", "You can enable them again; then they sign in anew.",
		}}
		if n := len(v.Work); n > 0 {
			d.Points = append(d.Points, look.Count(n, "thing is", "things are")+" still assigned to them. Give it to somebody else first: this page lists it.")
		}
		v.Dialogs = []look.Dialog{d}
	}
}
