// Package docs shows people what the routes say of themselves: pages made from
// the OpenAPI document, without scripts and without anybody else's files, and
// the document itself for programs.
package docs

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

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

// New returns what people and programs read about the routes:
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
func New(routes []api.Route, pages ...Page) (*Site, error) {
	d, err := rest.Describe(routes)
	if err != nil {
		return nil, err
	}
	b := &book{Areas: areas(d, routes), Pages: pages, Codes: api.Codes, Own: ownCodes(routes)}
	mux := &Site{ServeMux: http.NewServeMux()}
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

// A Site is all that stands there, the same for everybody.
type Site struct {
	*http.ServeMux
	texts []text
	errs  []error
}

func (s *Site) page(b *book, path, title, name string, this any) {
	view := *b
	view.Path, view.Title, view.This = path, title, this
	s.file(path, "text/html; charset=utf-8", func() ([]byte, error) {
		var out bytes.Buffer
		err := templates().ExecuteTemplate(&out, name+".html", view)
		return out.Bytes(), err
	})
}

func (s *Site) file(path, contentType string, written func() ([]byte, error)) {
	if slices.ContainsFunc(s.texts, func(t text) bool { return t.path == path }) {
		s.errs = append(s.errs, fmt.Errorf("docs: two pages at %s", path))
		return
	}
	s.HandleFunc("GET "+path, api.Still(contentType, written))
	s.texts = append(s.texts, text{path, written})
}

// A text is what is at one address.
type text struct {
	path    string
	written func() ([]byte, error)
}

// Save writes the site into files below a directory, named by their addresses:
// docs.html, docs/fleet.html, openapi.json. A web server that knows nothing of
// routes serves them from there (Saved).
func (s *Site) Save(dir string) error {
	for _, t := range s.texts {
		b, err := t.written()
		if err != nil {
			return fmt.Errorf("docs: %s: %w", t.path, err)
		}
		name := filepath.Join(dir, filepath.FromSlash(t.path))
		if path.Ext(name) == "" {
			name += ".html"
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o750), os.WriteFile(name, b, 0o600)); err != nil {
			return err
		}
	}
	return nil
}

// AreaOf is the page on which a route stands.
func (b book) AreaOf(route string) string { return api.Route{Name: route}.Area() }

// ID is a route's anchor on it.
func (b book) ID(route string) string { return anchor(route) }
