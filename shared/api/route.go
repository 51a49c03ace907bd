// Package api is the edge: it turns an HTTP request into a Call, a Call into an
// answer, and a fault into an RFC 9457 problem. It is the same on Lambda and on
// a machine.
//
// Routes are data. From the lists of them come the machine's mux, the Lambdas
// and their entries in template.yaml, openapi.yaml and the console's
// permissions. The package promises that bad input never reaches a service,
// that a refused call changes nothing, and that an internal error is logged and
// told to nobody. What a call means is left to the services.
package api

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/app"
	"motorpool/shared/timeline"
)

// A Route is one address and one file, and a Lambda: its own, or that of its
// subject (Function).
type Route struct {
	Name    string         // "webhooks.create_endpoint": folder and file; no spaces
	Method  string         // one of net/http's; empty means any (raw routes only)
	Path    string         // "/v1/webhook-endpoints/{id}", as net/http and API Gateway both write it
	Summary string         // a short imperative sentence for the docs: "Create an endpoint"
	About   string         // Markdown for the docs: rules, side effects, events; may be empty
	Allow   access.Grant   // what the actor must hold
	Or      []access.Grant // or one of these instead
	Door    Door           // how the caller proves who they are
	Attempt bool           // an open form by which people prove who they are: each address may post so many
	Status  int            // on success; zero means 200
	MaxBody int64          // bytes of the request body; zero means DefaultMaxBody
	Faults  []string       // codes this route can answer with, beyond the ones every route can; for the docs
	Handle  Handler        // made with rest.JSON, Page or Raw
}

// Area is the folder of the route's file: "webhooks".
func (r Route) Area() string {
	a, _, _ := strings.Cut(r.Name, ".")
	return a
}

// Open reports whether actor holds what r asks for.
func (r Route) Open(actor access.Actor) bool {
	return actor.May(r.Allow) || slices.ContainsFunc(r.Or, actor.May)
}

// Function is the Lambda that answers the route. A route of the API has one of its
// own. Pages share one with the other pages of their subject, which is the first
// word of the file: console.asset_edit is answered by console.asset.
func (r Route) Function() string {
	if subject, _, ok := strings.Cut(r.Name, "_"); ok && r.Area() == "console" {
		return subject
	}
	return r.Name
}

// DefaultMaxBody is how much of a request is read: 1 MiB.
const DefaultMaxBody = 1 << 20

// Door says how a caller proves who they are.
type Door int

// The doors.
const (
	KeyDoor     Door = iota // Authorization: Bearer mp_…
	SessionDoor             // the console's session cookie; without one, off to the sign-in page
	OpenDoor                // nobody asks: sign-in, inboxes, docs, health
)

// A Call is one request: what is asked, by whom, where and when. Now is read
// once, so that everything one request does happens at one instant.
type Call struct {
	*app.App
	Actor access.Actor
	Now   time.Time
	Route *Route
	HTTP  *http.Request // for cookies and absolute links; inputs come as In

	api    string
	failed error // what the log should say
	log    *slog.Logger
	show   func(http.ResponseWriter, *http.Request, *Problem)
}

// None is the input or output of a route that has none. As an output it makes
// an empty answer: give the route Status 204.
type None struct{}

// Versioned is an output that has a version; the edge makes the ETag of it.
type Versioned interface{ ETagVersion() int64 }

// Handler answers calls. Make one with rest.JSON, Page or Raw.
type Handler interface {
	// Mount returns what serves r's requests once the edge has let them in.
	Mount(r *Route) http.Handler
}

// JSONHandler is a Handler whose requests must be JSON if they have a body, and
// happen once if they carry an Idempotency-Key. rest.JSON makes one.
type JSONHandler interface {
	Handler
	TakesJSON()
}

// A Record is one item from the table's stream or feed, as stored.
type Record struct {
	PK, SK string
	Doc    json.RawMessage
}

// A Job is one piece of work that no request asked for.
type Job struct {
	*app.App
	Now time.Time
}

// A Stream is a function that follows the table's newly stored event items and letters.
// A batch is handed out again, whole, if it returns an error.
type Stream struct {
	Name   string // "workers.publish_events"
	About  string
	Handle func(ctx context.Context, j *Job, batch []Record) error
}

// A Consumer is a function that does the work of one queue, a message at a time.
type Consumer struct {
	Name   string // "workers.deliver"
	About  string
	Queue  string // "deliveries", "jobs" or "letters": one of app.Queues
	Handle func(ctx context.Context, j *Job, body json.RawMessage) error
}

// A Step is a function that a state machine calls.
type Step struct {
	Name   string // "steps.redeliver"
	About  string
	Handle func(ctx context.Context, j *Job, input json.RawMessage) (timeline.Next, error)
}

// A Tick is a function that a schedule wakes. It is idempotent and catches up
// after an outage.
type Tick struct {
	Name     string // "ticks.disable_failing"
	About    string
	Schedule string // an EventBridge Scheduler expression: "rate(1 hour)", "cron(0 3 * * ? *)"
	Zone     string // the IANA time zone in which a cron expression is read; empty is UTC
	Handle   func(ctx context.Context, j *Job) error
}

// TimeZone is the zone's name, UTC if the tick names none.
func (t Tick) TimeZone() string {
	if t.Zone == "" {
		return "UTC"
	}
	return t.Zone
}
