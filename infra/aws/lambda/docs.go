package lambda

import (
	"context"
	"io"
	"net/http"
	"time"
)

// readDocs serves what pages makes, and /healthz beside it.
func (p *product) readDocs(pages func() (http.Handler, error)) (func(context.Context, request) (response, error), error) {
	docs, err := pages()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", docs)
	mux.HandleFunc("GET /healthz", p.health)
	return func(ctx context.Context, in request) (response, error) {
		r, err := newRequest(ctx, in)
		if err != nil {
			return response{}, err
		}
		return serveHTTP(mux, r), nil
	}, nil
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
