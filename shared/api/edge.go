package api

import (
	"cmp"
	"log/slog"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/app"
	"motorpool/shared/ident"
)

// An Edge is where requests come in. App, Now, Log and Who are needed; what is
// zero of the rest is left out or has its default.
//
// A request goes through the same gates in the same order everywhere: it gets
// its id, is counted and logged and cannot bring the process down; then it must
// be readable (400), its caller known (401), allowed (403) and not too fast
// (429); then its body must be small enough (413), JSON (415, 400) and as the
// route wants it (422); then it must not be a repetition (Idempotency-Key).
type Edge struct {
	App *app.App
	Now func() time.Time
	Log *slog.Logger
	Who func(r *http.Request, door Door) (access.Actor, error) // how a door is answered: Doors, or an authorizer's

	Rate      Rate                                                     // how fast each caller may go
	Doors     Rate                                                     // how fast one address may make attempts (Route.Attempt); zero means DefaultDoors
	Observe   func(route string, status int, took time.Duration)       // told of every answer, for metrics
	ErrorPage func(w http.ResponseWriter, r *http.Request, p *Problem) // shows a page's problem to people; sends those who are not signed in to sign in
	NewID     ident.Source                                             // makes request ids; nil means ident.Sortable
	API       string                                                   // where programs reach /v1: "https://api.example.com"; empty: where the caller reached us
}

// Handler serves the routes, and answers problems for everything else.
func (e *Edge) Handler(routes []Route) http.Handler {
	if e.NewID == nil {
		e.NewID = ident.Sortable(e.Now)
	}
	pace, doors := newPace(e.Rate), newPace(cmp.Or(e.Doors, DefaultDoors))
	mux := http.NewServeMux()
	for i := range routes {
		r := &routes[i]
		at := pace
		if r.Attempt {
			at = doors
		}
		mux.Handle(pattern(r), e.guard(r, r.Handle.Mount(r), at))
	}
	return e.lost(mux)
}

func pattern(r *Route) string {
	path := r.Path
	if path == "/" { // to net/http that is every address; to API Gateway and to us it is one
		path = "/{$}"
	}
	if r.Method == "" {
		return path
	}
	return r.Method + " " + path
}

// lost answers what no route takes.
func (e *Edge) lost(mux *http.ServeMux) http.Handler {
	nowhere := &Route{Name: "none", Door: OpenDoor}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		e.guard(nowhere, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			probe := &probe{header: http.Header{}}
			h.ServeHTTP(probe, r)
			if allow := probe.header.Get("Allow"); allow != "" {
				w.Header().Set("Allow", allow)
				write(w, r, NewProblem(http.StatusMethodNotAllowed, "route.method", "This address takes "+allow+", not "+r.Method+"."))
				return
			}
			write(w, r, NewProblem(http.StatusNotFound, "route.not_found", "There is nothing at this address. GET /openapi.json lists what there is."))
		}), nil).ServeHTTP(w, r)
	})
}

// probe hears what http.ServeMux would answer.
type probe struct{ header http.Header }

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(int)             {}
