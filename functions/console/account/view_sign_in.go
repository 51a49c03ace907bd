package account

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/session"
)

// doorView is a page before one is in: a sentence, a form with one button, and
// where else to go.
type doorView struct {
	Title  string
	Did    string // what was done, in a green notice
	Wrong  *look.Notice
	Text   string
	Fields []look.Field
	Hidden []look.Option // name and value
	Action string        // where the form goes; empty: there is none
	Button string
	Links  []look.Link
}

var doorPage = look.Alone(files, "sign_in")

// browser is what is known of where a call comes from.
func browser(c *api.Call) session.Browser {
	return session.Browser{Device: c.HTTP.UserAgent(), IP: c.Actor.IP}
}

// welcome answers somebody who has come one step further in. The session that the
// browser had, whosever it was, ends.
func welcome(ctx context.Context, c *api.Call, s session.Step) (api.Answer, error) {
	if s.Token == "" {
		return page.Show(doorPage, codeDoor(s.Ticket))
	}
	if err := c.Sessions.SignOut(ctx, c.SessionToken()); err != nil {
		return api.Answer{}, err
	}
	to := "/"
	if s.Session.Workspace == "" {
		to = page.WorkspacesPath
	}
	return page.Keep(c, api.Redirect(to), s.Token, s.Session), nil
}

// stronger answers a after a code of the phone was given: the session has another
// token from then on.
func stronger(ctx context.Context, c *api.Call, a api.Answer) (api.Answer, error) {
	token, ses, err := c.Sessions.Renew(ctx, c.SessionToken(), true, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	return page.Keep(c, a, token, ses), nil
}

func codeDoor(ticket string) doorView {
	return doorView{
		Title: "One more thing", Text: "Open the app on your phone that makes codes, and type the one it shows now. A recovery code does, too.",
		Fields: []look.Field{{Name: "code", Label: "Code", Required: true, Max: 20, Complete: "one-time-code", Mono: true}},
		Hidden: []look.Option{{Text: "ticket", Value: ticket}}, Action: "/sign-in/code", Button: "Sign in",
		Links: []look.Link{{Text: "Begin anew", To: "/sign-in"}},
	}
}

// barred shows v again with what was wrong, or passes on what is nobody's fault.
func barred(v doorView, err error) (api.Answer, error) {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return api.Answer{}, err
	}
	status := map[fault.Kind]int{fault.Unauthenticated: http.StatusUnauthorized, fault.TooMany: http.StatusTooManyRequests, fault.Invalid: http.StatusUnprocessableEntity}[f.Kind]
	if status == 0 {
		return api.Answer{}, err
	}
	v.Wrong = page.Wrong(err, v.Fields)
	if v.Wrong != nil {
		v.Wrong.Title = ""
	}
	a, err := page.Show(doorPage, v)
	return a.Status(status), err
}

// spentLink is where a link leads that works no more.
func spentLink(text string) (api.Answer, error) {
	a, err := page.Show(doorPage, doorView{
		Title: "This link works no more", Wrong: &look.Notice{Tone: "warn", Text: text},
		Links: []look.Link{{Text: "Sign in", To: "/sign-in"}, {Text: "Have a new link sent", To: "/sign-in/link"}},
	})
	return a.Status(http.StatusUnauthorized), err
}

type tokenInput struct {
	Token    string `path:"token"`
	Password string `form:"password"`
}

func (in tokenInput) to(path string) string { return path + url.PathEscape(in.Token) }
