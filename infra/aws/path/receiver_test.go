package path

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// A receiver is the other company's server: it notes what comes and answers as
// it was told, the last answer again and again.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	plan    []int
	arrived []post
	held    *sync.WaitGroup // nobody is answered before all of them are there
}

// A post is one request that arrived.
type post struct {
	id     string // webhook-id
	header http.Header
	body   []byte
}

func receive(t *testing.T) *receiver {
	r := &receiver{plan: []int{http.StatusOK}}
	r.Server = httptest.NewServer(r)
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	body, _ := io.ReadAll(q.Body)
	r.mu.Lock()
	r.arrived = append(r.arrived, post{q.Header.Get("webhook-id"), q.Header, body})
	status := r.plan[0]
	if len(r.plan) > 1 {
		r.plan = r.plan[1:]
	}
	held := r.held
	r.mu.Unlock()
	if held != nil {
		held.Done()
		held.Wait()
	}
	w.WriteHeader(status)
}

// hold makes the next n requests, and there must not be more, wait for one another.
func (r *receiver) hold(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held = &sync.WaitGroup{}
	r.held.Add(n)
}

// answer sets the statuses of the next answers.
func (r *receiver) answer(plan ...int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.plan = plan
}

// posts is what has arrived so far.
func (r *receiver) posts() []post {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]post(nil), r.arrived...)
}

// got checks how many requests have arrived, and with how many webhook-ids.
func (r *receiver) got(t *testing.T, posts, ids int) {
	t.Helper()
	seen := map[string]bool{}
	all := r.posts()
	for _, p := range all {
		seen[p.id] = true
	}
	if len(all) != posts || len(seen) != ids {
		t.Errorf("%d requests with %d webhook-ids arrived, want %d with %d", len(all), len(seen), posts, ids)
	}
}

// verify asks the unmodified Standard Webhooks library. The test clock is not
// the library's, so the tolerance of its timestamp is left out.
func (p post) verify(secret string) error {
	w, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		return err
	}
	return w.VerifyIgnoringTimestamp(p.body, p.header)
}
