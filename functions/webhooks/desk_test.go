package webhooks

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/events"
	"motorpool/functions/workers"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/apitest"
	"motorpool/shared/app"
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
	timelineembed "motorpool/shared/timeline/embed"
	"motorpool/shared/webhook"
)

const (
	workspace = "wsp_00000000000000000000000000"
	foreign   = "wsp_00000000000000000000000009"
	nobody    = "whe_00000000000000000000000099"
)

// desk is the product with a file of its own, a receiver that it reaches over
// real HTTP, and a client that may do all.
type desk struct {
	*apitest.Client
	t        *testing.T
	app      *app.App
	table    *tableembed.Table
	queue    *queueembed.Queue
	jobs     *queueembed.Queue
	receiver *httptest.Server

	mu     sync.Mutex
	answer http.HandlerFunc
	got    []received
}

type received struct {
	header http.Header
	body   string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	y := &desk{t: t}
	y.receiver = httptest.NewServer(y)
	t.Cleanup(y.receiver.Close)
	now := func() time.Time { return apitest.Now }
	dir := t.TempDir()
	d, err := disk.Open(filepath.Join(dir, "data"))
	y.must(err)
	t.Cleanup(func() { d.Close() })
	y.table, err = tableembed.Open(d, now, outbox.IsEvent)
	y.must(err)
	y.queue, err = queueembed.Open(d, "deliveries", queueembed.Options{Now: now})
	y.must(err)
	y.jobs, err = queueembed.Open(d, "jobs", queueembed.Options{Now: now})
	y.must(err)
	line, err := timelineembed.Open(d, webhook.Plan, timelineembed.Options{Now: now})
	y.must(err)
	box, err := keyfile.Open(filepath.Join(dir, "key"))
	y.must(err)
	ids := ident.Sortable(now)
	client := egress.New(egress.Options{AllowPrivate: true})
	t.Cleanup(client.Close)
	a := &app.App{
		Events: &outbox.Service{Table: y.table, NewID: ids},
		Audit:  &audit.Service{Table: y.table, NewID: ids},
	}
	a.Webhooks = &webhook.Service{
		Table: y.table, Queue: y.queue, Jobs: y.jobs, Timeline: line, Box: box, Sender: client, Events: a.Events, Audit: a.Audit,
		Catalogue: events.Catalogue(), NewID: ids, Random: rand.Reader, Now: now,
		Rules: func(context.Context, string) (webhook.Rules, error) {
			return webhook.Rules{Live: true, Retention: 90 * 24 * time.Hour, DisableAfterDays: 5}, nil
		},
	}
	y.app = a
	y.Client = y.of(workspace, access.All()...)
	t.Cleanup(func() { y.queue.Close(); y.jobs.Close(); line.Close() })
	y.serve(&api.Job{App: a, Now: apitest.Now})
	return y
}

func (y *desk) of(workspace string, grants ...access.Grant) *apitest.Client {
	actor := access.Actor{Kind: "user", ID: "usr_1", Name: "Mia", Workspace: workspace, Grants: grants}
	return apitest.Serve(y.t, y.app, func() time.Time { return apitest.Now }, actor, Routes)
}

// serve runs what wakes when events are stored and messages arrive.
func (y *desk) serve(j *api.Job) {
	ctx, cancel := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() {
		_ = y.table.Follow(ctx, func(ctx context.Context, items []table.Item) error {
			var batch []api.Record
			for _, it := range items {
				batch = append(batch, api.Record{PK: it.Key.PK, SK: it.Key.SK, Doc: it.Doc})
			}
			return workers.PublishEvents.Handle(ctx, j, batch)
		})
	})
	for name, q := range map[string]*queueembed.Queue{"deliveries": y.queue, "jobs": y.jobs} {
		i := slices.IndexFunc(workers.Consumers, func(c api.Consumer) bool { return c.Queue == name })
		work.Go(func() {
			_ = q.Serve(ctx, func(ctx context.Context, m queue.Message) error { return workers.Consumers[i].Handle(ctx, j, m.Body) })
		})
	}
	y.t.Cleanup(func() { cancel(); work.Wait() })
}

// settle waits until nothing is ready or under way.
func (y *desk) settle() {
	y.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for still := 0; still < 3; still++ {
		if y.table.Backlog() || !y.queue.Idle() || !y.jobs.Idle() {
			still = -1
		}
		if time.Now().After(deadline) {
			y.t.Fatal("not idle")
		}
		<-time.After(200 * time.Microsecond)
	}
}

// ServeHTTP is the receiver.
func (y *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b, _ := io.ReadAll(r.Body)
	y.mu.Lock()
	y.got = append(y.got, received{r.Header, string(b)})
	answer := y.answer
	y.mu.Unlock()
	if answer != nil {
		answer(w, r)
	}
}

func (y *desk) requests() []received {
	y.mu.Lock()
	defer y.mu.Unlock()
	return slices.Clone(y.got)
}

func (y *desk) answers(h http.HandlerFunc) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.answer = h
}

func (y *desk) must(err error) {
	y.t.Helper()
	if err != nil {
		y.t.Fatal(err)
	}
}

// endpoint adds an endpoint and returns its id; say is more of its fields.
func (y *desk) endpoint(say string) string {
	y.t.Helper()
	body := `{"url":"` + y.receiver.URL + `/hook"` + strings.TrimSuffix(","+say, ",") + `}`
	return y.Want(201, "POST", "/v1/webhook-endpoints", body).JSON["id"].(string)
}

// publish publishes a custom event and waits until all is quiet.
func (y *desk) publish(body string) apitest.Answer {
	y.t.Helper()
	a := y.Want(201, "POST", "/v1/events", body)
	y.settle()
	return a
}

// stored is what a refused request must not change.
func (y *desk) stored(ids ...string) string {
	y.t.Helper()
	pks := []string{"WS#" + workspace + "#WHE", "WS#" + workspace + "#WHE#DELETED"}
	for _, id := range ids {
		pks = append(pks, "WS#"+workspace+"#WHE#"+id, "WS#"+workspace+"#WHE#"+id+"#DLV")
	}
	var all []string
	for _, pk := range pks {
		page, err := y.table.Query(context.Background(), table.Query{PK: pk, Limit: table.MaxPage})
		y.must(err)
		for _, it := range page.Items {
			all = append(all, fmt.Sprint(it.Key, it.Version, string(it.Doc)))
		}
	}
	return strings.Join(all, "\n")
}

// refusal is a request that is answered with a problem.
type refusal struct {
	name, method, path, body string
	status                   int
	code, field              string // empty: whichever
}

// refused sends each request, and looks that nothing was stored.
func (y *desk) refused(ids []string, list []refusal) {
	y.t.Helper()
	y.settle()
	before := y.stored(ids...)
	for _, r := range list {
		a := y.Do(r.method, r.path, r.body)
		var p struct {
			Code   string
			Detail string
			Errors []struct{ Field, Reason string }
		}
		_ = json.Unmarshal([]byte(a.Body), &p)
		named := r.field == "" || slices.ContainsFunc(p.Errors, func(e struct{ Field, Reason string }) bool { return e.Field == r.field && e.Reason != "" })
		if a.Status != r.status || r.code != "" && p.Code != r.code || !named || p.Detail == "" {
			y.t.Errorf("%s: got %d %s, want %d %s at %q", r.name, a.Status, a.Body, r.status, r.code, r.field)
		}
		if after := y.stored(ids...); after != before {
			y.t.Errorf("%s: it was refused, but stored something", r.name)
			before = after
		}
	}
}
