package checkup_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/checkup"
	"motorpool/shared/egress"
	"motorpool/shared/signature"
)

var secret = func() signature.Secret {
	s, err := signature.NewSecret(strings.NewReader(strings.Repeat("s", 32)))
	if err != nil {
		panic(err)
	}
	return s
}()

// A message is what a receiver in these tests decides about.
type message struct {
	header http.Header
	body   []byte
	again  bool // the webhook-id came before
}

// check runs a checkup of a receiver that answers with the status f gives.
func check(t *testing.T, f func(m message) int) checkup.Report {
	t.Helper()
	var mu sync.Mutex
	seen := map[string]bool{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		id := r.Header.Get("webhook-id")
		m := message{r.Header, body, seen[id]}
		seen[id] = true
		mu.Unlock()
		w.WriteHeader(f(m))
	}))
	t.Cleanup(srv.Close)
	c := egress.New(egress.Options{AllowPrivate: true, Deadline: 2 * time.Second})
	t.Cleanup(c.Close)
	return checkup.Run(t.Context(), c, checkup.Target{
		URL: srv.URL + "/hook", Secrets: []signature.Secret{secret}, Header: http.Header{"X-Custom": {"1"}},
		ID: "dlv_check", Body: []byte(`{"id":"evt_1","type":"asset.created"}`),
	}, time.Now)
}

func verifies(m message, tolerance time.Duration) bool {
	return signature.Verify([]signature.Key{secret.Key()}, m.header, m.body, time.Now(), tolerance) == nil
}

func good(m message) int {
	switch {
	case !verifies(m, signature.Tolerance):
		return 401
	case len(m.body) > 256<<10:
		return 413
	case m.header.Get("X-Custom") != "1" || !json.Valid(m.body):
		return 400
	}
	return 200
}

func TestReceiversGetTheReportTheyDeserve(t *testing.T) {
	const p, w, f = checkup.Pass, checkup.Warn, checkup.Fail
	for _, tt := range []struct {
		name  string
		serve func(message) int
		all   checkup.Verdict
		want  [6]checkup.Verdict // right, wrong, old, duplicate, large, speed
	}{
		{"a good one", good, p, [6]checkup.Verdict{p, p, p, p, p, p}},
		{"one that takes large bodies too", func(m message) int {
			if verifies(m, signature.Tolerance) && json.Valid(m.body) {
				return 204
			}
			return 400
		}, p, [6]checkup.Verdict{p, p, p, p, p, p}},
		{"one that verifies nothing", func(message) int { return 200 }, f, [6]checkup.Verdict{p, f, f, p, p, p}},
		{"one that ignores the timestamp", func(m message) int {
			if !verifies(m, 100*time.Hour) {
				return 401
			}
			return 200
		}, f, [6]checkup.Verdict{p, p, f, p, p, p}},
		{"one that fears repetition", func(m message) int {
			if m.again {
				return 409
			}
			return good(m)
		}, f, [6]checkup.Verdict{p, p, p, f, p, p}},
		{"one that falls over", func(m message) int {
			if s := good(m); s < 300 {
				return s
			}
			return 500
		}, w, [6]checkup.Verdict{p, w, w, p, w, p}},
		{"one with the wrong secret", func(message) int { return 401 }, f, [6]checkup.Verdict{f, w, w, w, w, w}},
		{"one that moved", func(message) int { return 308 }, f, [6]checkup.Verdict{f, w, w, w, w, w}},
		{"one that is slow", func(m message) int {
			if s := good(m); s != 200 {
				return s
			}
			<-time.After(1100 * time.Millisecond) // its slowness is what is tested
			return 200
		}, w, [6]checkup.Verdict{p, p, p, p, p, w}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := check(t, tt.serve)
			if r.Verdict != tt.all || len(r.Cards) != 6 {
				t.Errorf("got %s with %d cards", r.Verdict, len(r.Cards))
			}
			for i, c := range r.Cards {
				if c.Verdict != tt.want[i] {
					t.Errorf("%s: got %s (%s), want %s", c.Name, c.Verdict, c.Got, tt.want[i])
				}
				if c.Title == "" || c.Expected == "" || c.Got == "" || (c.Advice == "") != (c.Verdict == checkup.Pass) {
					t.Errorf("%s leaves people without words: %+v", c.Name, c)
				}
			}
		})
	}
}

func TestNobodyThereIsSaidOnce(t *testing.T) {
	c := egress.New(egress.Options{}) // as in production: this machine is out of bounds
	t.Cleanup(c.Close)
	r := checkup.Run(t.Context(), c, checkup.Target{URL: "http://127.0.0.1:1234/", Secrets: []signature.Secret{secret}, ID: "dlv_1", Body: []byte("{}")}, time.Now)
	if r.Verdict != checkup.Fail || len(r.Cards) != 6 || !strings.Contains(r.Cards[0].Got, "could not be reached") || strings.Contains(r.Cards[0].Got, "127.0.0.1") {
		t.Errorf("got %+v", r)
	}
}

func TestTheLargeMessageIsOneMebibyteOfJSON(t *testing.T) {
	var mu sync.Mutex
	var largest []byte
	check(t, func(m message) int {
		mu.Lock()
		defer mu.Unlock()
		if len(m.body) > len(largest) {
			largest = bytes.Clone(m.body)
		}
		return good(m)
	})
	if len(largest) != 1<<20 || !json.Valid(largest) {
		t.Errorf("the largest has %d bytes, JSON %t", len(largest), json.Valid(largest))
	}
}
