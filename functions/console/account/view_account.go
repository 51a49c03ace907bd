package account

import (
	"context"
	"errors"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/identity"
	"motorpool/shared/session"
)

const accountPath = "/account"

// accountFields are the forms of one's own account, of which one is posted at a time.
type accountFields struct {
	Name     string `form:"name"`
	Old      string `form:"old"`
	Password string `form:"password"`
	Code     string `form:"code"`
	Did      string `query:"did"`
}

type accountView struct {
	look.Frame
	Wrong    *look.Notice
	Name     []look.Field
	Password []look.Field
	First    bool // there is no password yet
	Phone    *phoneState
	Code     []look.Field
	Sessions []sessionRow
}

// phoneState is the app that makes codes; nil: there is none.
type phoneState struct {
	Since look.Moment
	Left  string // recovery codes
}

type sessionRow struct {
	Device, IP    string
	Current       bool
	Began, Seen   look.Moment
	Place, EndURL string
}

var accountTemplate = look.Page(files, "account_page")

// withReader does f for whoever is signed in, wherever; anybody else is sent to sign in.
func withReader(ctx context.Context, c *api.Call, f func(session.Session, *identity.Identity) (api.Answer, error)) (api.Answer, error) {
	ses, err := page.Session(ctx, c)
	if fault.KindOf(err) == fault.Unauthenticated {
		return api.Redirect("/sign-in"), nil
	}
	if err != nil {
		return api.Answer{}, err
	}
	i, err := c.Identities.Load(ctx, ses.Identity)
	if err != nil {
		return api.Answer{}, err
	}
	return f(ses, i)
}

// showAccount is the page with its forms, one of them perhaps with what was wrong in it.
func showAccount(ctx context.Context, c *api.Call, ses session.Session, i *identity.Identity, in accountFields, because error) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "My account", Lead: i.Email, Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	if f.Actor.ID == "" { // who has not chosen a workspace has an account all the same
		f.Actor.ID, f.Actor.Name = i.ID, i.Name
	}
	fields := []look.Field{
		{Name: "name", Label: "Name", Value: in.Name, Required: true, Max: 100, Complete: "name", Hint: "Your colleagues see it, in every workspace."},
		{Name: "old", Label: "Password until now", Type: "password", Required: true, Max: 200, Complete: "current-password"},
		page.NewField,
		{Name: "code", Label: "Code", Required: true, Max: 20, Complete: "one-time-code", Mono: true, Hint: "One that the app shows now, or a recovery code."},
	}
	v := accountView{Frame: f, Wrong: page.Wrong(because, fields), Name: fields[:1], Password: fields[1:3], Code: fields[3:]}
	if v.First = !i.HasPassword(); v.First {
		v.Password = fields[2:3]
	}
	if i.NeedsCode() {
		v.Phone = &phoneState{f.Day(i.Phone.Since), look.Count(len(i.Phone.Recover), "recovery code is", "recovery codes are") + " left"}
	}
	if v.Sessions, err = sessionRows(ctx, c, f.Clock, ses); err != nil {
		return api.Answer{}, err
	}
	if because != nil {
		return page.Again(accountTemplate, v)
	}
	return page.Show(accountTemplate, v)
}

func sessionRows(ctx context.Context, c *api.Call, clock look.Clock, mine session.Session) (rows []sessionRow, err error) {
	all, err := c.Sessions.List(ctx, mine.Identity, c.Now)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		r := sessionRow{Device: deviceInWords(s.Device), IP: s.IP, Current: s.ID == mine.ID, Began: clock.When(s.Created), Seen: clock.Ago(s.Seen), EndURL: accountPath + "/sessions/" + s.ID + "/end"}
		if s.Workspace != "" {
			w, err := c.Workspaces.Get(ctx, s.Workspace)
			if err != nil {
				return nil, err
			}
			r.Place = w.Name
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// deviceInWords: what a browser calls itself, as people do: "Firefox on Windows".
func deviceInWords(agent string) string {
	first := func(pairs ...string) string {
		for i := 0; i < len(pairs); i += 2 {
			if strings.Contains(agent, pairs[i]) {
				return pairs[i+1]
			}
		}
		return ""
	}
	browser := first("Edg", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "FxiOS", "Firefox", "Chrome/", "Chrome", "CriOS", "Chrome", "Safari/", "Safari")
	system := first("iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "Windows", "Windows", "Mac OS X", "Mac", "CrOS", "Chromebook", "Linux", "Linux")
	switch {
	case browser != "" && system != "":
		return browser + " on " + system
	case browser+system != "":
		return browser + system
	}
	return "A program"
}

// inForm makes what was wrong with a proof a complaint of the form's field.
func inForm(err error, field string) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Unauthenticated {
		return err
	}
	return fault.New(fault.Invalid, f.Code, "%s", f.Message).At(field)
}
