package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"motorpool/shared/fault"
)

// Page makes a Handler of a console page. In is a flat struct whose fields are
// filled from path:"…", query:"…" and form:"…" tags (string, int, bool,
// []string); a fault from f is shown as a page with its message.
func Page[In any](f func(context.Context, *Call, In) (Answer, error)) Handler {
	return pageHandler[In]{f}
}

type pageHandler[In any] struct {
	f func(context.Context, *Call, In) (Answer, error)
}

func (pageHandler[In]) isPage() {}

func isPage(r *Route) bool {
	_, ok := r.Handle.(interface{ isPage() })
	return ok
}

// Mount is for the edge.
func (h pageHandler[In]) Mount(*Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := CallFrom(r.Context())
		PageHeaders(w.Header(), c.filesAt()...)
		r.Body = http.MaxBytesReader(w, r.Body, limitOf(c.Route))
		var in In
		if err := decodeForm(r, &in); err != nil {
			write(w, r, ProblemOf(r.Context(), err))
			return
		}
		c.HTTP = r // with its form, for pages whose fields have no names in advance
		a, err := h.f(r.Context(), c, in)
		if err == nil {
			err = a.write(w, r)
		}
		if err != nil {
			write(w, r, ProblemOf(r.Context(), err))
		}
	})
}

// A Template writes what a page shows; *html/template.Template is one.
type Template interface {
	ExecuteTemplate(w io.Writer, name string, view any) error
}

// An Answer is what a page answers: HTML or Redirect.
type Answer struct {
	tmpl   Template
	name   string
	view   any
	status int
	to     string
	header http.Header
}

// HTML answers with the named template of t, given view and nothing else.
func HTML(t Template, name string, view any) Answer {
	return Answer{tmpl: t, name: name, view: view, status: http.StatusOK}
}

// Redirect answers 303 to a path of ours, after a form was posted. An htmx
// request is told by HX-Redirect instead.
func Redirect(to string) Answer { return Answer{to: to, status: http.StatusSeeOther} }

// With returns a with a header added: a cookie, an HX-Trigger.
func (a Answer) With(name, value string) Answer {
	a.header = a.header.Clone()
	if a.header == nil {
		a.header = http.Header{}
	}
	a.header.Add(name, value)
	return a
}

// Status returns a with another status than 200: a form shown again is 422.
func (a Answer) Status(code int) Answer { a.status = code; return a }

// write sends the answer. A template that fails has sent nothing yet.
func (a Answer) write(w http.ResponseWriter, r *http.Request) error {
	var b bytes.Buffer
	if a.to == "" {
		if err := a.tmpl.ExecuteTemplate(&b, a.name, a.view); err != nil {
			return fmt.Errorf("template %s: %w", a.name, err)
		}
	}
	for name, values := range a.header {
		for _, v := range values {
			w.Header().Add(name, v)
		}
	}
	switch {
	case a.to != "" && r.Header.Get("HX-Request") != "":
		w.Header().Set("HX-Redirect", a.to)
		w.WriteHeader(http.StatusNoContent)
	case a.to != "":
		http.Redirect(w, r, a.to, http.StatusSeeOther)
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(a.status)
		w.Write(b.Bytes())
	}
	return nil
}

// PageHeaders keep a page from doing what we did not write: no script or style
// but our files, no frame around it, no address given away, nothing kept. What
// was uploaded may lie at the origins of files: pictures are shown from there,
// and sent there.
func PageHeaders(h http.Header, files ...string) {
	at := ""
	for _, origin := range files {
		at += " " + origin
	}
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"+at+"; font-src 'self'; "+
		"connect-src 'self'"+at+"; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// formFault says why a form could not be read.
func formFault(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return bodyFault(err)
	}
	return fault.New(fault.Invalid, "request.form", "The form could not be read. Go back, reload the page and try again.").Because(err)
}

// filesAt is the origin of what was uploaded, where that is not ours.
func (c *Call) filesAt() []string {
	if c == nil || c.App == nil || c.FilesAt == "" {
		return nil
	}
	return []string{c.FilesAt}
}
