package webhook

import (
	"strings"
	"testing"
	"time"

	"motorpool/events"
	"motorpool/shared/egress"
	"motorpool/shared/fault"
)

func TestAFailingEndpointIsAttemptedByThePlan(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.receiver.will(503)
	e := k.register()
	k.happen()
	k.after(48 * time.Hour)
	want := []time.Duration{
		0, 5 * time.Second, 5*time.Minute + 5*time.Second, 35*time.Minute + 5*time.Second,
		155*time.Minute + 5*time.Second, 455*time.Minute + 5*time.Second, 1055*time.Minute + 5*time.Second,
	}
	got := k.receiver.requests()
	if len(got) != len(want) {
		t.Fatalf("got %d attempts, want %d", len(got), len(want))
	}
	d := k.only(e.ID)
	for i, r := range got {
		if offset := r.At.Sub(nine); offset != want[i] || !d.Attempts[i].At.Equal(r.At) || d.Attempts[i].Number != i+1 {
			t.Errorf("attempt %d: got %s (logged %s), want %s", i+1, offset, d.Attempts[i].At.Sub(nine), want[i])
		}
		if r.Header.Get("Webhook-Id") != d.ID || r.Body != got[0].Body {
			t.Errorf("attempt %d carries %s %s", i+1, r.Header.Get("Webhook-Id"), r.Body)
		}
	}
	if d.Status != Failed || d.Why != ByPlan || !d.Next.IsZero() {
		t.Errorf("got %s because %s, next %s; want failed, exhausted, none", d.Status, d.Why, d.Next)
	}
	second, last := d.Attempts[1].Explain(time.UTC), d.Attempts[6].Explain(time.UTC)
	if want := "Attempt 2 failed: the receiver answered 503. The next attempt is 5 min later, at 09:05:05 on 1 March 2026 (UTC), because step 2 of the plan is 5 min."; second != want {
		t.Errorf("got  %s\nwant %s", second, want)
	}
	if want := "Attempt 7 failed: the receiver answered 503. It was the last of 7, so the delivery failed. It is sent again only if you resend or recover it."; last != want {
		t.Errorf("got  %s\nwant %s", last, want)
	}
}

func TestASuccessEndsTheRound(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.receiver.will(500, 500, 204)
	e := k.register()
	k.happen()
	k.after(48 * time.Hour)
	if d := k.only(e.ID); len(k.receiver.requests()) != 3 || d.Status != Succeeded || d.Attempts[2].Then != Done {
		t.Fatalf("got %d requests and %s", len(k.receiver.requests()), d.Status)
	}
}

func TestRetryAfterLengthensAStep(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	busy := answered(429)
	busy.RetryAfter = "420"
	k.receiver.answers = []egress.Result{busy, busy, answered(200)}
	e := k.register()
	k.happen()
	k.after(time.Hour)
	got := k.receiver.requests()
	if len(got) != 3 || got[1].At.Sub(nine) != 10*time.Second || got[2].At.Sub(got[1].At) != 7*time.Minute {
		t.Fatalf("got %v", got)
	}
	d := k.only(e.ID)
	if a := d.Attempts[1]; a.Then != Longer || !strings.Contains(a.Explain(time.UTC), "Retry-After: 420") {
		t.Errorf("got %s: %s", a.Then, a.Explain(time.UTC))
	}
}

func TestAResendTakesThePlaceOfAWaitingRetry(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.receiver.will(500, 500, 500, 200)
	e := k.register()
	k.happen()
	k.after(time.Minute) // attempts 1 and 2
	first := k.only(e.ID)
	d, err := k.Resend(k.ctx(), sam, first.ID, k.now())
	k.must(err)
	if d.Round.Number != 2 {
		t.Errorf("got round %d, want 2", d.Round.Number)
	}
	k.after(48 * time.Hour) // attempt 3 at once, 4 after 5 s; nothing at 5 min 5 s
	d = k.only(e.ID)
	got := k.receiver.requests()
	if len(got) != 4 || got[2].At.Sub(nine) != time.Minute || got[3].At.Sub(nine) != 65*time.Second {
		t.Fatalf("got %+v", got)
	}
	if d.Status != Succeeded || d.Round.Number != 2 || d.Round.Cause != ByHand || d.Attempts[3].Number != 4 || d.Attempts[2].Round != 2 {
		t.Errorf("got %+v", d)
	}
	if _, err := k.Resend(k.ctx(), sam, d.ID, k.now()); err != nil {
		t.Errorf("a delivery that succeeded cannot be resent: %v", err)
	}
	k.settle()
	if n := len(k.receiver.requests()); n != 5 {
		t.Errorf("got %d requests, want 5", n)
	}
}

func TestGoneDisablesAtOnce(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	other := k.register("webhook_endpoint.*")
	k.receiver.at = map[string]int{"https://gone.example": 410}
	e := k.registerAt("https://gone.example", "custom.*")
	k.settle()
	k.happen()
	k.settle()
	now, err := k.Endpoint(k.ctx(), sam.Workspace, e.ID)
	k.must(err)
	if now.State != Disabled || now.Why != "The receiver answered 410 Gone." {
		t.Fatalf("got %s because %q", now.State, now.Why)
	}
	if d := k.only(e.ID); d.Status != Failed || d.Why != ByGone {
		t.Errorf("got %s because %s", d.Status, d.Why)
	}
	told := false
	for _, d := range k.log(other.ID) {
		told = told || d.Event.Type == events.WebhookEndpointDisabled{}.Type()
	}
	if !told {
		t.Error("nobody was told")
	}
	k.happen() // nothing is made for a disabled endpoint
	k.settle()
	k.only(e.ID)
	if _, err := k.Resend(k.ctx(), sam, k.only(e.ID).ID, k.now()); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a resend to a disabled endpoint: %v", err)
	}
	k.receiver.at = nil
	_, err = k.Enable(k.ctx(), sam, e.ID, k.now())
	k.must(err)
	found, err := k.Replay(k.ctx(), sam, e.ID, Window{Since: nine.Add(-time.Hour)}, false, k.now())
	k.must(err)
	k.settle()
	if len(k.log(e.ID)) != 2 || found.Count != 1 {
		t.Errorf("replayed %+v, log %d", found, len(k.log(e.ID)))
	}
}
