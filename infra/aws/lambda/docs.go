package lambda

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"path"
	"time"

	"motorpool/shared/api"
)

// site is the folder beside the bootstrap of the docs in which "make build" keeps
// what package docs has made of all routes: to make it at a start would take every
// route's code into the Lambda, and longer than anything else there.
const site = "site"

// readDocs serves the docs, and /healthz beside them.
func (p *product) readDocs(in fs.FS) func(context.Context, request) (response, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", p.health)
	for _, at := range []struct{ path, contentType string }{
		{"/openapi.json", "application/openapi+json"},
		{"/openapi.yaml", "application/openapi+yaml"},
		{"/docs/style.css", "text/css; charset=utf-8"},
	} {
		mux.HandleFunc("GET "+at.path, api.Still(at.contentType, func() ([]byte, error) { return fs.ReadFile(in, site+at.path) }))
	}
	page := func(w http.ResponseWriter, r *http.Request) {
		at := site + path.Clean(r.URL.Path) + ".html"
		if _, err := fs.Stat(in, at); errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
			http.NotFound(w, r)
			return
		}
		api.Still("text/html; charset=utf-8", func() ([]byte, error) { return fs.ReadFile(in, at) })(w, r)
	}
	mux.HandleFunc("GET /docs", page)
	mux.HandleFunc("GET /docs/", page)
	return func(ctx context.Context, in request) (response, error) {
		r, err := newRequest(ctx, in)
		if err != nil {
			return response{}, err
		}
		return serveHTTP(mux, r), nil
	}
}

// health answers 200 while the table can be read.
func (p *product) health(w http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithTimeout(r.Context(), 2*time.Second)
	defer stop()
	w.Header().Set("Content-Type", "application/json")
	if _, err := p.at("").Workspaces.List(ctx); err != nil {
		p.failed(ctx, "healthz", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, `{"status":"unavailable"}`)
		return
	}
	_, _ = io.WriteString(w, `{"status":"ok"}`)
}
