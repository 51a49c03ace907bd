package page

import (
	"context"
	"errors"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/session"
)

// sorryView is a page about what went wrong.
type sorryView struct {
	look.Frame
	sorryWords
	Text, Code string
	Links      []look.Link
}

type sorryWords struct{ Icon, What string }

var statuses = map[fault.Kind]int{
	fault.NotFound: http.StatusNotFound, fault.Denied: http.StatusForbidden, fault.Conflict: http.StatusConflict,
	fault.Stale: http.StatusConflict, fault.TooMany: http.StatusTooManyRequests, fault.Unavailable: http.StatusServiceUnavailable,
}

func wordsOf(status int) sorryWords {
	switch status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return sorryWords{"search", "There is nothing here"}
	case http.StatusForbidden:
		return sorryWords{"shield", "You may not do this"}
	case http.StatusConflict, http.StatusPreconditionFailed:
		return sorryWords{"merge", "It is not as you saw it"}
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return sorryWords{"clock", "Please try again in a moment"}
	case http.StatusInternalServerError:
		return sorryWords{"alert", "Something went wrong here"}
	}
	return sorryWords{"alert", "This did not work"}
}

var sorryPage = look.Page(files, "sorry")

// sorry makes a page of a fault. What is not a fault stays an error, for the
// edge to log and to answer.
func sorry(ctx context.Context, c *api.Call, err error) (api.Answer, error) {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind == fault.Internal {
		return api.Answer{}, err
	}
	status, ok := statuses[f.Kind]
	if !ok {
		status = http.StatusUnprocessableEntity
	}
	v := sorryView{sorryWords: wordsOf(status), Text: f.Message, Code: f.Code, Links: []look.Link{{Text: "Go to the home page", To: "/"}}}
	if b, ok := errors.AsType[*stranded](err); ok {
		v.Links[0] = look.Link{Text: "Reload and look again", To: b.to}
	}
	if v.Frame, err = Frame(ctx, c, look.Frame{Title: v.What}); err != nil {
		return api.Answer{}, err
	}
	return api.HTML(sorryPage(), look.Entry, v).Status(status), nil
}

// stranded is an error with the address of the page that its reader came from.
type stranded struct {
	error
	to string
}

func (s *stranded) Unwrap() error { return s.error }

// Back answers err with a way back to the page at to.
func Back(to string, err error) (api.Answer, error) { return api.Answer{}, &stranded{err, to} }

// lostView is a page about what went wrong before anybody knew who asked.
type lostView struct {
	Title, Text, Code string
}

var lostPage = look.Alone(files, "lost")

// ErrorPage shows people what the edge refused. Those who are not signed in are
// sent to sign in, or to what they have to do first. It is api.Edge's ErrorPage.
func ErrorPage(w http.ResponseWriter, r *http.Request, p *api.Problem) {
	if p.Status == http.StatusUnauthorized {
		to := "/sign-in"
		switch p.Code {
		case session.ChooseWorkspace:
			to = WorkspacesPath
		case session.NeedsPhone:
			to = PhonePath
		}
		if r.Header.Get("HX-Request") != "" {
			w.Header().Set("HX-Redirect", to)
			w.WriteHeader(http.StatusNoContent)
			return
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
		return
	}
	words := wordsOf(p.Status)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(p.Status)
	_ = lostPage().ExecuteTemplate(w, look.Entry, lostView{words.What, p.Detail, p.Code}) // who went away needs no answer
}
