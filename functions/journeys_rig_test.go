package functions_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"motorpool/infra/aws/local/backend"
	"motorpool/infra/aws/local/deploy"
	"motorpool/infra/emulators"
	"motorpool/infra/machine/host"
	"motorpool/shared/ident"
	"motorpool/shared/workspace"
)

// key opens the first workspace in every journey.
const key = "mp_test_journeys000000000000000000"

// A rig is the whole product on a stopped clock, with one receiver outside. Its
// methods stop the test when an answer is not the one they were told to want.
type rig struct {
	t        *testing.T
	data     string                                  // of the machine
	backend  func(*host.Clock) (host.Backend, error) // nil: the machine's own
	at       time.Time
	host     *host.Host
	stop     func()
	receiver *receiver
	secret   string // of the endpoint made last
}

// onBoth tells one journey twice: on the machine's embedded store, and on the
// services of AWS as template.yaml declares them, at emulators.
func onBoth(t *testing.T, journey func(t *testing.T, r *rig)) {
	t.Helper()
	t.Parallel()
	t.Run("on the machine", func(t *testing.T) {
		t.Parallel()
		journey(t, open(t, nil))
	})
	t.Run("on AWS", func(t *testing.T) {
		t.Parallel()
		journey(t, open(t, aws(t)))
	})
}

// aws is a stack of its own at AWS_ENDPOINT_URL or, if that is not set, at
// DynamoDB Local and moto; the state machine is played by its interpreter.
func aws(t *testing.T) func(*host.Clock) (host.Backend, error) {
	t.Helper()
	emulators.Tools(t)
	clients, err := deploy.Connect(t.Context(), os.Getenv)
	if errors.Is(err, deploy.ErrNoEndpoint) {
		at := map[string]string{"AWS_ENDPOINT_URL": emulators.AWS(t), "AWS_ENDPOINT_URL_DYNAMODB": emulators.DynamoDB(t)}
		clients, err = deploy.Connect(t.Context(), func(name string) string { return at[name] })
	}
	if err != nil {
		t.Fatal(err)
	}
	return backend.Open(context.Background(), clients, deploy.Options{
		Template: "../template.yaml", Stack: strings.ReplaceAll(ident.Sortable(time.Now)("journey"), "_", "-"), Say: t.Logf,
	}, logger(t))
}

func logger(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
}

func open(t *testing.T, backend func(*host.Clock) (host.Backend, error)) *rig {
	t.Helper()
	r := &rig{t: t, data: t.TempDir(), backend: backend, at: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), receiver: receive(t)}
	r.start()
	t.Cleanup(func() { r.stop() })
	return r
}

func (r *rig) start() {
	r.t.Helper()
	h, err := host.Open(host.Config{
		Addr: "127.0.0.1:0", Data: r.data, Backend: r.backend, Clock: host.TestClock(r.at), AllowPrivate: true, Log: logger(r.t),
	})
	if err != nil {
		r.t.Fatal(err)
	}
	ws, err := h.Workspaces.First(r.t.Context(), workspace.Draft{Name: "Journeys", Mode: workspace.Test, TimeZone: "Australia/Sydney"}, r.at)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := h.Keys.Adopt(r.t.Context(), ws.ID, key, "journeys", r.at); err != nil {
		r.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- h.Serve(ctx) }()
	r.host = h
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-served; err != nil {
			r.t.Errorf("the host ended with %v", err)
		}
	})
}

// restart stops the machine and starts it on the same data, at the same instant.
func (r *rig) restart() {
	r.t.Helper()
	r.at = r.host.Now()
	r.stop()
	r.start()
}

func (r *rig) now() time.Time { return r.host.Now() }

// settle waits until everything that is due has been done.
func (r *rig) settle() {
	r.t.Helper()
	if err := r.host.Settle(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) advance(by string) {
	r.t.Helper()
	r.do(r.t, key, 200, http.MethodPost, "/test/clock", `{"advance":"`+by+`"}`)
}

func (r *rig) get(status int, path string) map[string]any {
	r.t.Helper()
	return r.do(r.t, key, status, http.MethodGet, path, "")
}

func (r *rig) post(status int, path, body string) map[string]any {
	r.t.Helper()
	return r.do(r.t, key, status, http.MethodPost, path, body)
}

// do sends a request with a key and headers (pairs), wants the status, and
// decodes the answer with its numbers as they are written.
func (r *rig) do(t *testing.T, key string, status int, method, path, body string, headers ...string) map[string]any {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, r.host.Address()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != status {
		t.Fatalf("%s %s: got %d %.500s, want %d", method, path, res.StatusCode, b, status)
	}
	out := map[string]any{}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if len(b) > 0 {
		if err := d.Decode(&out); err != nil {
			t.Fatalf("%s %s: %v in %.500s", method, path, err, b)
		}
	}
	return out
}

// endpoint registers the receiver for the events and returns its id.
func (r *rig) endpoint(events ...string) string {
	r.t.Helper()
	return r.endpointAt("/hook", events...)
}

func (r *rig) endpointAt(path string, events ...string) string {
	r.t.Helper()
	list, err := json.Marshal(events)
	if err != nil {
		r.t.Fatal(err)
	}
	e := r.post(201, "/v1/webhook-endpoints", `{"url":"`+r.receiver.url+path+`","events":`+string(list)+`}`)
	r.secret, _ = e["secret"].(string)
	return e["id"].(string)
}

// onlyDelivery returns the endpoint's one delivery of a custom event.
func (r *rig) onlyDelivery(endpoint string) map[string]any {
	r.t.Helper()
	list := r.get(200, "/v1/webhook-deliveries?type=custom.*&endpoint="+endpoint)["data"].([]any)
	if len(list) != 1 {
		r.t.Fatalf("%d deliveries, want 1", len(list))
	}
	return r.get(200, "/v1/webhook-deliveries/"+list[0].(map[string]any)["id"].(string))
}

// verify asks the unmodified Standard Webhooks library. The test clock is not
// the library's, so the tolerance of its timestamp is left out.
func (r *rig) verify(q request) error {
	w, err := standardwebhooks.NewWebhook(r.secret)
	if err != nil {
		return err
	}
	return w.VerifyIgnoringTimestamp(q.body, q.header)
}

// A receiver is the other company's server: it notes what comes and answers as
// it was told, the last answer again and again.
type receiver struct {
	url     string
	mu      sync.Mutex
	plan    []int
	at      map[string]int // by path, before plan
	arrived []request
}

type request struct {
	path, id string
	stamp    time.Time
	header   http.Header
	body     []byte
}

func receive(t *testing.T) *receiver {
	r := &receiver{plan: []int{200}, at: map[string]int{}}
	srv := httptest.NewServer(r)
	t.Cleanup(srv.Close)
	r.url = srv.URL
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	seconds, _ := strconv.ParseInt(q.Header.Get("webhook-timestamp"), 10, 64)
	r.mu.Lock()
	r.arrived = append(r.arrived, request{q.URL.Path, q.Header.Get("webhook-id"), time.Unix(seconds, 0), q.Header, body})
	status, ok := r.at[q.URL.Path]
	if !ok {
		status = r.plan[0]
		if len(r.plan) > 1 {
			r.plan = r.plan[1:]
		}
	}
	r.mu.Unlock()
	w.WriteHeader(status)
}

func (r *receiver) answer(plan ...int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.plan = plan
}

func (r *receiver) answerAt(path string, status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at[path] = status
}

func (r *receiver) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.arrived = nil
}

func (r *receiver) requests() []request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]request(nil), r.arrived...)
}

func (r *receiver) count(path string) (n int) {
	for _, q := range r.requests() {
		if q.path == path {
			n++
		}
	}
	return n
}

// kind is the type in the request's envelope.
func (q request) kind() string {
	var e struct{ Type string }
	_ = json.Unmarshal(q.body, &e) // an empty kind is what the test will notice
	return e.Type
}
