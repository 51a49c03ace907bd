package webhook

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/egress"
	"motorpool/shared/signature"
)

// TestARealReceiverVerifiesEachAttempt goes through the real client: first
// attempt, retry, rotation, resend, v1 and v1a, over HTTP.
func TestARealReceiverVerifiesEachAttempt(t *testing.T) {
	t.Parallel()
	k := idleKit(t)
	client := egress.New(egress.Options{AllowPrivate: true})
	t.Cleanup(client.Close)
	k.Service.Sender = client
	var mu sync.Mutex
	var keys []signature.Key
	answers, seen := []int{500, 503, 200, 200}, []string(nil)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		body, err := io.ReadAll(r.Body)
		for _, key := range keys { // each receiver knows one of them
			if bad := signature.Verify([]signature.Key{key}, r.Header, body, k.now(), time.Second); err != nil || bad != nil {
				t.Errorf("attempt %d: %v %v", len(seen)+1, err, bad)
			}
		}
		seen = append(seen, r.Header.Get("Webhook-Id")+" "+string(body))
		w.WriteHeader(answers[min(len(seen), len(answers))-1])
	}))
	t.Cleanup(server.Close)
	k.serve()
	e, ring, err := k.Register(k.ctx(), sam, Registration{URL: server.URL + "/hook", Events: []string{"custom.*"}, Asymmetric: true}, k.now())
	k.must(err)
	learn := func(texts ...string) {
		mu.Lock()
		defer mu.Unlock()
		for _, text := range texts {
			key, err := signature.ParseKey(text)
			k.must(err)
			keys = append(keys, key)
		}
	}
	learn(ring.Secrets[0].Key, ring.Secrets[0].Public)
	k.happen()
	k.after(10 * time.Second)
	_, ring, err = k.RotateSecret(k.ctx(), sam, e.ID, DefaultOverlap, k.now())
	k.must(err)
	learn(ring.Secrets[0].Key, ring.Secrets[0].Public)
	k.after(time.Hour)
	d := k.only(e.ID)
	_, err = k.Resend(k.ctx(), sam, d.ID, k.now())
	k.must(err)
	k.settle()
	mu.Lock()
	defer mu.Unlock()
	if len(seen) != 4 || strings.Count(strings.Join(seen, "\n"), seen[0]) != 4 {
		t.Errorf("got %q, want the same four times", seen)
	}
	if d := k.only(e.ID); d.Status != Succeeded || len(d.Attempts) != 4 || strings.Count(d.Attempts[3].Sent.Signature, " ") != 3 {
		t.Errorf("got %+v", d)
	}
}
