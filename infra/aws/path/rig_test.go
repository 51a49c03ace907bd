// Package path is the whole path of an event on emulated AWS, in tests: from a
// request over HTTP into DynamoDB Local, out of its stream into moto's SQS, to a
// receiver, and from there through the state machine that an interpreter plays
// on the product's test clock.
//
// The tests hold AWS's part in their hands. They take batches from the stream
// and the queue, give them to the functions as AWS would, once, twice or in
// pieces, and say what became of it by the public API alone. How AWS's pollers
// go about it by themselves is for infra/aws/local.
package path

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/functions"
	"motorpool/infra/aws/lambda"
	"motorpool/infra/aws/local/backend"
	"motorpool/infra/emulators"
	"motorpool/infra/machine/client"
	"motorpool/infra/machine/host"
	"motorpool/shared/apitest"
	"motorpool/shared/queue/sqs"
	"motorpool/shared/table"
	"motorpool/shared/workspace"
)

// key opens the first workspace in every test.
const key = "mp_test_path0000000000000000000000"

// A rig is the product on a stack of its own, with one receiver outside. Its
// methods stop the test when something is not as they were told to want.
type rig struct {
	t *testing.T
	*host.Host
	*stack
	client   client.Client
	kia      string // the body of create
	home     string // the location of assets
	category string // of assets
	made     int    // assets, so far
	receiver *receiver
	backend  *backend.Backend
	lambdas  *lambda.Local
	notes    table.Table // how far the stream has been read
}

// began is where the test clock of every rig stands at first.
var began = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// open makes a rig whose stream and queues are in the test's hands.
func open(t *testing.T, clock *host.Clock) *rig {
	t.Helper()
	t.Parallel()
	r := prepare(t, clock)
	r.notes = apitest.Table(t, clock.Now)
	r.deploy(t)
	r.host(clock, func(b *backend.Backend) host.Backend { return hands{b, clock} })
	r.lambdas = lambda.NewLocal(lambda.Area{Streams: functions.Streams(), Consumers: functions.Consumers(), Batch: sqs.Batch}, r.App, clock.Now, logger(t))
	return r
}

func prepare(t *testing.T, clock *host.Clock) *rig {
	t.Helper()
	emulators.Tools(t)
	return &rig{t: t, stack: declare(t, clock.Frozen()), receiver: receive(t)}
}

// host starts the product, on the backend or on what it is made into, and opens
// its first workspace.
func (r *rig) host(clock *host.Clock, into func(*backend.Backend) host.Backend) {
	r.t.Helper()
	open := func(c *host.Clock) (_ host.Backend, err error) {
		if r.backend, err = backend.New(r.t.Context(), r.Clients, r.options, c, logger(r.t)); err != nil {
			return nil, err
		}
		return into(r.backend), nil
	}
	var err error
	r.Host, err = host.Open(host.Config{Addr: "127.0.0.1:0", Data: r.t.TempDir(), Clock: clock, AllowPrivate: true, Log: logger(r.t), Backend: open})
	if err != nil {
		r.t.Fatal(err)
	}
	r.client = client.Client{URL: r.Address(), Key: key, HTTP: http.DefaultClient}
	r.admit()
	r.serve()
}

func logger(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))
}

// admit makes the first workspace and the key to it.
func (r *rig) admit() {
	r.t.Helper()
	ctx, at := r.t.Context(), r.Now()
	ws, err := r.Workspaces.First(ctx, workspace.Draft{Name: "Path", Mode: workspace.Test, TimeZone: "UTC"}, at)
	if err == nil {
		_, err = r.Keys.Adopt(ctx, ws.ID, key, "path", at)
	}
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) serve() {
	ctx, stop := context.WithCancel(context.WithoutCancel(r.t.Context()))
	served := make(chan error, 1)
	go func() { served <- r.Serve(ctx) }()
	r.t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			r.t.Errorf("the host ended with %v", err)
		}
	})
}

// hands are AWS's services without the pollers of the stream and the queues: the
// tests do their work. The state machine plays by itself, on a test clock.
type hands struct {
	*backend.Backend
	clock *host.Clock
}

func (b hands) Loops(h *host.Host) []func(context.Context) {
	_ = b.Backend.Loops(h) // tells the state machine whom to call
	if !b.clock.Frozen() {
		return nil
	}
	return []func(context.Context){b.Machine.Serve}
}

func (b hands) Sources() []host.Source { return []host.Source{b.Machine} }

// invoke calls a function by its name, as AWS would.
func (r *rig) invoke(ctx context.Context, name string, event json.RawMessage) (json.RawMessage, error) {
	return r.lambdas.Invoke(ctx, name, event)
}

// advance moves the test clock, and with it the executions.
func (r *rig) advance(by time.Duration) {
	r.t.Helper()
	if err := r.Advance(r.t.Context(), r.Now().Add(by)); err != nil {
		r.t.Fatal(err)
	}
}

// call asks the public API.
func (r *rig) call(method, path string, in, out any) {
	r.t.Helper()
	if err := r.client.Call(r.t.Context(), method, path, in, out); err != nil {
		r.t.Fatal(err)
	}
}

// endpoint registers the receiver for events, and returns the secret.
func (r *rig) endpoint(events ...string) (secret string) {
	r.t.Helper()
	var made struct{ Secret string }
	r.call(http.MethodPost, "/v1/webhook-endpoints", map[string]any{"url": r.receiver.URL + "/hook", "events": events}, &made)
	return made.Secret
}

// asset makes another asset, whose event nobody wants who wants asset.updated.
func (r *rig) asset() (path string) {
	r.t.Helper()
	var made struct{ ID string }
	r.made++
	r.call(http.MethodPost, "/v1/assets", json.RawMessage(r.vehicle(fmt.Sprintf("SER-%d", r.made))), &made)
	return "/v1/assets/" + made.ID
}

// ground makes where assets belong: a location and a category, with an event each.
func (r *rig) ground() {
	r.t.Helper()
	var home, category struct{ ID string }
	r.call(http.MethodPost, "/v1/locations", map[string]any{"name": "Depot"}, &home)
	r.call(http.MethodPost, "/v1/categories", map[string]any{"name": "Cars"}, &category)
	r.home, r.category = home.ID, category.ID
}

// vehicle is the body of a new asset, on the ground that was made.
func (r *rig) vehicle(serial string) string {
	return `{"vin":"` + serial + `","type":"car","make":"Kia","model":"EV6","year":2025,"home_location":"` + r.home + `","categories":["` + r.category + `"]}`
}

// events publishes n custom events.
func (r *rig) events(n int) {
	r.t.Helper()
	for i := range n {
		r.call(http.MethodPost, "/v1/events", map[string]any{"type": "custom.thing", "data": map[string]int{"n": i}}, nil)
	}
}

// logged is a delivery as the API shows it.
type logged struct {
	ID       string
	Status   string
	Reason   string
	Event    struct{ ID, Type string }
	Attempts []struct {
		Number, Round     int
		At                time.Time
		Outcome, Decision string
		Response          struct{ Status int }
		NextAt            time.Time `json:"next_attempt_at"`
	}
}

// log is every delivery in the log, oldest first, with its attempts.
func (r *rig) log() (all []logged) {
	r.t.Helper()
	path := "/v1/webhook-deliveries?limit=100"
	for cursor := ""; ; {
		var page struct {
			Data []struct{ ID string }
			Next string `json:"next_cursor"`
		}
		r.call(http.MethodGet, path+cursor, nil, &page)
		for _, d := range page.Data {
			var l logged
			r.call(http.MethodGet, "/v1/webhook-deliveries/"+d.ID, nil, &l)
			all = append([]logged{l}, all...)
		}
		if page.Next == "" {
			return all
		}
		cursor = "&cursor=" + page.Next
	}
}

// only is the one delivery in the log.
func (r *rig) only() logged {
	r.t.Helper()
	all := r.log()
	if len(all) != 1 {
		r.t.Fatalf("%d deliveries in the log, want 1", len(all))
	}
	return all[0]
}

// each checks that the log has n deliveries, each of another event, and that each
// has succeeded, and did so once. Nothing waits in the queue, and nothing is dead.
func (r *rig) each(n int) {
	r.t.Helper()
	seen := map[string]bool{}
	for _, d := range r.log() {
		done := 0
		for _, a := range d.Attempts {
			if a.Decision == "done" {
				done++
			}
		}
		if d.Status != "succeeded" || done != 1 || seen[d.Event.ID] {
			r.t.Errorf("%s of %s: %s with %d successes in %+v", d.ID, d.Event.ID, d.Status, done, d.Attempts)
		}
		seen[d.Event.ID] = true
	}
	if len(seen) != n {
		r.t.Errorf("deliveries of %d events in the log, want %d", len(seen), n)
	}
	for _, url := range []string{r.Config.Deliveries, r.Dead[r.Config.Deliveries]} {
		if left := r.depth(r.t, url); left != "0 visible, 0 hidden" {
			r.t.Errorf("%s: %s, want it empty", url, left)
		}
	}
}

// bounded is a context for what should take a moment.
func (r *rig) bounded() context.Context {
	ctx, cancel := context.WithTimeout(r.t.Context(), 2*time.Minute)
	r.t.Cleanup(cancel)
	return ctx
}

var top = sync.OnceValue(func() string { return strings.TrimSuffix(must(os.Getwd()), "/infra/aws/path") })

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
