package path

import (
	"net/http"
	"testing"
	"time"

	"motorpool/infra/aws/local/backend"
	"motorpool/infra/machine/host"
)

// TestAnEditReachesTheReceiverAtTheThirdAttempt is the whole path, with the times
// of the specification: +5 s, +5 min after the failure before. No hand is in it but
// the one that moves the clock.
func TestAnEditReachesTheReceiverAtTheThirdAttempt(t *testing.T) {
	t.Parallel()
	clock := host.TestClock(began)
	r := prepare(t, clock)
	r.host(clock, func(b *backend.Backend) host.Backend { return b })
	secret := r.endpoint("asset.updated")
	r.ground()
	asset := r.asset()
	r.receiver.answer(503, 500, 200)
	r.call(http.MethodPatch, asset, map[string]any{"model": "EV9"}, nil)
	r.advance(time.Hour)
	d := r.only()
	if d.Status != "succeeded" || d.Event.Type != "asset.updated" || len(d.Attempts) != 3 {
		t.Fatalf("the log says %+v", d)
	}
	at := []time.Duration{0, 5 * time.Second, 5*time.Minute + 5*time.Second}
	for i, a := range d.Attempts {
		if a.Number != i+1 || a.Round != 1 || a.At.Sub(began) != at[i] || a.Response.Status != []int{503, 500, 200}[i] ||
			a.Decision != []string{"retry", "retry", "done"}[i] {
			t.Errorf("attempt %d in the log: %+v, want it %s after the edit", i+1, a, at[i])
		}
	}
	r.receiver.got(t, 3, 1)
	for i, p := range r.receiver.posts() {
		if p.id != d.ID {
			t.Errorf("request %d has the webhook-id %s, the delivery is %s", i+1, p.id, d.ID)
		}
		if err := p.verify(secret); err != nil {
			t.Errorf("request %d: %v", i+1, err)
		}
	}
	run, _ := r.backend.Machine.Execution(d.ID + "-r1")
	if run.Status != "SUCCEEDED" || len(run.Visits) != 3 {
		t.Errorf("the execution: %+v, want it to have entered three states", run)
	}
}
