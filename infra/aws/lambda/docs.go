package lambda

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

// readDocs serves what pages makes when the first reader comes, and /healthz
// beside it: to describe every route takes longer than to start.
func (p *product) readDocs(pages func() (http.Handler, error)) func(context.Context, request) (response, error) {
	docs := sync.OnceValues(pages)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", p.health)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		h, err := docs()
		if err != nil {
			p.failed(r.Context(), ReadDocs, err)
			http.Error(w, "The docs could not be made. Please tell us.", http.StatusInternalServerError)
			return
		}
		h.ServeHTTP(w, r)
	})
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
