package host

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"motorpool/functions"
	"motorpool/functions/console/page"
	"motorpool/functions/docs"
	"motorpool/shared/api"
)

// routes is the product's routes behind the edge, and the machine's own.
func (h *Host) routes() (http.Handler, error) {
	reading, err := docs.Site()
	if err != nil {
		return nil, err
	}
	edge := &api.Edge{
		App: h.App, Now: h.clock.Now, Log: h.cfg.Log, Who: api.Doors(h.Keys, h.Sessions, h.clock.Now),
		Observe: h.metrics.answered, Rate: pace(h.cfg.RateLimit), ErrorPage: page.ErrorPage,
	}
	mux := http.NewServeMux()
	routes := functions.Routes()
	if h.clock.Frozen() {
		routes = append(routes, h.clockRoutes()...)
	}
	product := edge.Handler(routes)
	mux.Handle("/", product)
	if h.files != nil {
		mux.Handle(filesPath+"/", h.files)
	}
	for _, path := range []string{"/docs", "/docs/", "/openapi.json", "/openapi.yaml"} {
		mux.Handle("GET "+path, reading)
	}
	for _, r := range routes {
		if strings.HasPrefix(r.Path, "/docs/") {
			mux.Handle("GET "+r.Path, product)
		}
	}
	mux.HandleFunc("GET /healthz", h.health)
	mux.Handle("GET /metrics", h.metrics.handler())
	return mux, nil
}

// health answers 200 while the store can be read.
func (h *Host) health(w http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithTimeout(r.Context(), 2*time.Second)
	defer stop()
	if _, err := h.Workspaces.List(ctx); err != nil {
		writeJSON(w, http.StatusServiceUnavailable, map[string]any{"status": "unavailable"})
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"status": "ok", "now": h.clock.Now()})
}

// pace allows twice a second's worth at once. Zero is no limit.
func pace(perSecond float64) api.Rate {
	if perSecond <= 0 {
		return api.Rate{PerSecond: -1}
	}
	return api.Rate{PerSecond: perSecond, Burst: int(2 * perSecond)}
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}
