package webhook

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/disk"
	"motorpool/shared/egress"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	queueembed "motorpool/shared/queue/embed"
	"motorpool/shared/secrets/keyfile"
	"motorpool/shared/table"
	tableembed "motorpool/shared/table/embed"
	"motorpool/shared/timeline"
	timelineembed "motorpool/shared/timeline/embed"
)

var (
	nine = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	sam  = access.Actor{Kind: "user", ID: "usr_1", Name: "Sam Lee", Workspace: "wsp_1"}
	eve  = access.Actor{Kind: "user", ID: "usr_9", Name: "Eve", Workspace: "wsp_2"}
)

// kit is the noun on the embedded adapters, with a clock that stands until it is
// moved and a receiver that answers as it is told.
type kit struct {
	*Service
	t        testing.TB
	table    *tableembed.Table
	queue    *queueembed.Queue
	jobs     *queueembed.Queue
	line     *timelineembed.Timeline
	receiver *receiver
	rules    Rules

	mu sync.Mutex
	at time.Time
}

func newKit(t testing.TB) *kit {
	t.Helper()
	k := idleKit(t)
	k.serve()
	return k
}

// idleKit is a kit whose queues nobody serves.
func idleKit(t testing.TB) *kit {
	t.Helper()
	k := &kit{t: t, at: nine, receiver: &receiver{}, rules: Rules{Retention: 90 * 24 * time.Hour, DisableAfterDays: 5}}
	d, err := disk.Open(filepath.Join(t.TempDir(), "data"))
	k.must(err)
	t.Cleanup(func() { _ = d.Close() })
	k.table, err = tableembed.Open(d, k.now, outbox.IsEvent)
	k.must(err)
	k.queue, err = queueembed.Open(d, "deliveries", queueembed.Options{Now: k.now})
	k.must(err)
	k.jobs, err = queueembed.Open(d, "jobs", queueembed.Options{Now: k.now})
	k.must(err)
	k.line, err = timelineembed.Open(d, Plan, timelineembed.Options{Now: k.now})
	k.must(err)
	sealed, err := keyfile.Open(filepath.Join(t.TempDir(), "key"))
	k.must(err)
	ids := ident.Sortable(k.now)
	k.Service = &Service{
		Table: k.table, Queue: k.queue, Jobs: k.jobs, Timeline: k.line, Box: sealed, Sender: k.receiver,
		Events:    &outbox.Service{Table: k.table, NewID: ids},
		Audit:     &audit.Service{Table: k.table, NewID: ids},
		Catalogue: events.Catalogue(), NewID: ids, Random: rand.Reader, Now: k.now,
		Rules: func(context.Context, string) (Rules, error) { return k.rule(func(*Rules) {}), nil },
	}
	return k
}

// serve runs the feed, the queues and the timeline until the test ends.
func (k *kit) serve() {
	ctx, cancel := context.WithCancel(context.Background())
	var work sync.WaitGroup
	run := func(name string, serve func() error) {
		work.Go(func() {
			if err := serve(); err != nil && !errors.Is(err, context.Canceled) {
				k.t.Errorf("%s: %v", name, err)
			}
		})
	}
	run("feed", func() error {
		return k.table.Follow(ctx, func(ctx context.Context, batch []table.Item) error { return k.publish(ctx, batch) })
	})
	run("deliveries", func() error {
		return k.queue.Serve(ctx, func(ctx context.Context, m queue.Message) error { return k.Deliver(ctx, m.Body, k.now()) })
	})
	run("jobs", func() error {
		return k.jobs.Serve(ctx, func(ctx context.Context, m queue.Message) error { return k.RunJob(ctx, m.Body, k.now()) })
	})
	run("timeline", func() error {
		return k.line.Serve(ctx,
			func(ctx context.Context, in json.RawMessage) (timeline.Next, error) {
				return k.Redeliver(ctx, in, k.now())
			},
			func(ctx context.Context, in json.RawMessage) error { return k.Abandon(ctx, in, k.now()) })
	})
	k.t.Cleanup(func() {
		cancel()
		work.Wait()
		_ = k.queue.Close()
		_ = k.jobs.Close()
		_ = k.line.Close()
	})
}

func (k *kit) publish(ctx context.Context, batch []table.Item) error {
	var list []outbox.Stored
	for _, it := range batch {
		e, err := outbox.Read(it.Key.PK, it.Key.SK, it.Doc)
		if err != nil {
			return err
		}
		list = append(list, e)
	}
	return k.Publish(ctx, list, k.now())
}

func (k *kit) now() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.at
}

// rule changes the workspace's rules and returns them.
func (k *kit) rule(do func(*Rules)) Rules {
	k.mu.Lock()
	defer k.mu.Unlock()
	do(&k.rules)
	return k.rules
}

func (k *kit) set(at time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.at = at
}

// settle waits until nothing is ready or under way.
func (k *kit) settle() {
	k.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for still := 0; still < 3; {
		if k.table.Backlog() || !k.queue.Idle() || !k.jobs.Idle() || !k.line.Idle() {
			still = 0
		} else {
			still++
		}
		if time.Now().After(deadline) {
			k.t.Fatalf("not idle: %+v %+v %+v", k.queue.Depth(), k.jobs.Depth(), k.line.Depth())
		}
		<-time.After(200 * time.Microsecond)
	}
}

// to moves the clock from one due instant to the next, up to an instant.
func (k *kit) to(at time.Time) {
	k.t.Helper()
	k.settle()
	for {
		next := at
		for _, due := range []func() (time.Time, bool){k.queue.Next, k.jobs.Next, k.line.Next} {
			if t, ok := due(); ok && t.Before(next) {
				next = t
			}
		}
		k.set(next)
		k.queue.Wake()
		k.jobs.Wake()
		k.line.Wake()
		k.settle()
		if !next.Before(at) {
			return
		}
	}
}

func (k *kit) after(d time.Duration) { k.t.Helper(); k.to(k.now().Add(d)) }

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

// register makes an endpoint that receives everything custom.
func (k *kit) register(patterns ...string) *Endpoint {
	k.t.Helper()
	if len(patterns) == 0 {
		patterns = []string{"custom.*"}
	}
	return k.registerAt("https://receiver.example/hook", patterns...)
}

func (k *kit) registerAt(url string, patterns ...string) *Endpoint {
	k.t.Helper()
	e, _, err := k.Register(k.ctx(), sam, Registration{URL: url, Events: patterns}, k.now())
	k.must(err)
	return e
}

// happen publishes a custom event and waits until all is quiet.
func (k *kit) happen() outbox.Stored {
	k.t.Helper()
	e, _, err := k.Events.Publish(k.ctx(), sam, outbox.Custom{Type: "custom.key_returned", Data: json.RawMessage(`{"key":7}`)}, k.now())
	k.must(err)
	return e
}

func (k *kit) ctx() context.Context { return context.Background() }

// log lists an endpoint's deliveries, newest first; "" means of all.
func (k *kit) log(endpoint string) []*Delivery {
	k.t.Helper()
	list, _, err := k.Deliveries(k.ctx(), sam.Workspace, Query{Endpoint: endpoint}, Page{Limit: 200}, k.now())
	k.must(err)
	return list
}

// only is the one delivery there is, with everything about it.
func (k *kit) only(endpoint string) *Delivery {
	k.t.Helper()
	list := k.log(endpoint)
	if len(list) != 1 {
		k.t.Fatalf("got %d deliveries, want 1", len(list))
	}
	d, err := k.Delivery(k.ctx(), sam.Workspace, list[0].ID, k.now())
	k.must(err)
	return d
}

// receiver is another company: it answers as it is told and remembers all.
type receiver struct {
	mu      sync.Mutex
	answers []egress.Result // in turn; then the last one for ever; none: 200
	got     []request
	at      map[string]int           // status by URL, before all others
	wait    chan struct{}            // if set, requests wait until it is closed
	hang    map[string]chan struct{} // the same by URL
}

var outboxAll = outbox.Filter{}

type request struct {
	At     time.Time
	URL    string
	Header http.Header
	Body   string
}

func (r *receiver) Post(_ context.Context, url string, header http.Header, body []byte, at func() time.Time) egress.Result {
	r.mu.Lock()
	began := at()
	r.got = append(r.got, request{began, url, header.Clone(), string(body)})
	res := egress.Result{Status: 200}
	if len(r.answers) > 0 {
		res = r.answers[0]
	}
	if status, ok := r.at[url]; ok {
		res = answered(status)
	} else if len(r.answers) > 1 {
		r.answers = r.answers[1:]
	}
	wait := r.wait
	if r.hang[url] != nil {
		wait = r.hang[url]
	}
	r.mu.Unlock()
	if wait != nil {
		<-wait
	}
	res.At, res.Took = began, 12*time.Millisecond
	return res
}

func (r *receiver) CheckURL(raw string, live bool) error { return egress.CheckURL(raw, live) }

// will sets what r answers from now on: statuses in turn, the last for ever.
func (r *receiver) will(statuses ...int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answers = nil
	for _, s := range statuses {
		r.answers = append(r.answers, answered(s))
	}
}

func answered(status int) egress.Result {
	res := egress.Result{Status: status, Header: http.Header{"Content-Type": {"text/plain"}}, Body: []byte("thanks")}
	if !res.Success() {
		res.Class, res.Reason = egress.BadStatus, "The receiver answered "+http.StatusText(status)+"."
	}
	return res
}

func (r *receiver) requests() []request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]request(nil), r.got...)
}
