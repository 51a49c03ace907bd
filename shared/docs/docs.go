// Package docs shows people what the routes say of themselves: pages made from
// the OpenAPI document, without scripts and without anybody else's files, and
// the document itself for programs.
package docs

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

//go:embed pages
var files embed.FS

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("docs").Funcs(template.FuncMap{"text": markdown}).ParseFS(files, "pages/*.html"))
})

// Page is a page of the human documentation that another package writes:
// the catalogue of events, how to verify a signature.
type Page struct {
	Slug  string        // its address is /docs/<slug>
	Title string        // as the menu names it
	Body  template.HTML // what is between the menu and the end; headings begin with h2
}

// New returns a handler that serves what people and programs read about the routes:
//
//	/openapi.json  /openapi.yaml   the document
//	/docs                          how everything works, and every route in a line
//	/docs/<area>                   the routes of an area, whole
//	/docs/errors                   every code
//	/docs/<slug>                   the pages given
//
// It returns an error for routes that cannot be documented and for two pages at
// one address. Each answer is made once, when it is asked for first; nothing in
// it depends on who reads it.
func New(routes []api.Route, pages ...Page) (http.Handler, error) {
	d, err := rest.Describe(routes)
	if err != nil {
		return nil, err
	}
	b := &book{Areas: areas(d, routes), Pages: pages, Codes: api.Codes, Own: ownCodes(routes)}
	mux := &shelf{ServeMux: http.NewServeMux(), seen: map[string]bool{}}
	mux.file("/openapi.json", "application/openapi+json", func() ([]byte, error) { return json.MarshalIndent(d, "", "  ") })
	mux.file("/openapi.yaml", "application/openapi+yaml", d.YAML)
	mux.file("/docs/style.css", "text/css; charset=utf-8", func() ([]byte, error) { return files.ReadFile("pages/style.css") })
	mux.page(b, "/docs", "How it works", "index", nil)
	mux.page(b, "/docs/errors", "Errors", "errors", nil)
	for _, a := range b.Areas {
		mux.page(b, "/docs/"+a.Name, a.Title, "area", a)
	}
	for _, p := range pages {
		mux.page(b, "/docs/"+p.Slug, p.Title, "page", p)
	}
	return mux, errors.Join(mux.errs...)
}

// book is what the templates read.
type book struct {
	Areas []*section
	Pages []Page
	Codes []api.Code
	Own   []ownCode
	// of the page at hand
	Path, Title string
	This        any
}

// ownCode is a code that only some routes answer with; those of them that the
// docs show are in Routes.
type ownCode struct {
	Code   string
	Routes []api.Route
}

func ownCodes(routes []api.Route) []ownCode {
	var own []ownCode
	for _, r := range routes {
		for _, code := range r.Faults {
			if slices.ContainsFunc(api.Codes, func(c api.Code) bool { return c.Code == code }) {
				continue
			}
			i := slices.IndexFunc(own, func(o ownCode) bool { return o.Code == code })
			if i < 0 {
				i, own = len(own), append(own, ownCode{Code: code})
			}
			if strings.HasPrefix(r.Path, "/v1/") {
				own[i].Routes = append(own[i].Routes, r)
			}
		}
	}
	slices.SortFunc(own, func(a, b ownCode) int { return strings.Compare(a.Code, b.Code) })
	return own
}

// shelf serves answers that are the same for everybody.
type shelf struct {
	*http.ServeMux
	seen map[string]bool
	errs []error
}

func (s *shelf) page(b *book, path, title, name string, this any) {
	view := *b
	view.Path, view.Title, view.This = path, title, this
	s.file(path, "text/html; charset=utf-8", func() ([]byte, error) {
		var out bytes.Buffer
		err := templates().ExecuteTemplate(&out, name+".html", view)
		return out.Bytes(), err
	})
}

func (s *shelf) file(path, contentType string, written func() ([]byte, error)) {
	if s.seen[path] {
		s.errs = append(s.errs, fmt.Errorf("docs: two pages at %s", path))
		return
	}
	s.seen[path] = true
	content := sync.OnceValues(written)
	s.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
		text, err := content()
		if err != nil {
			slog.ErrorContext(r.Context(), "the docs lack a page", "path", path, "error", err.Error())
			http.Error(w, "This page could not be made. Please tell us.", http.StatusInternalServerError)
			return
		}
		sum := sha256.Sum256(text)
		h := w.Header()
		api.PageHeaders(h)
		h.Set("Cache-Control", "no-cache")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Type", contentType)
		h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(text))
	})
}

// AreaOf is the page on which a route stands.
func (b book) AreaOf(route string) string { return api.Route{Name: route}.Area() }

// ID is a route's anchor on it.
func (b book) ID(route string) string { return anchor(route) }
