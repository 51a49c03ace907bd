package webhook

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
)

func (k *kit) state(id string) *Endpoint {
	k.t.Helper()
	e, err := k.Endpoint(k.ctx(), sam.Workspace, id)
	k.must(err)
	return e
}

// told is the types of the events about an endpoint, in order.
func (k *kit) told(id string) (types []string) {
	k.t.Helper()
	for cursor := ""; ; {
		entries, next, err := k.Audit.Of(k.ctx(), sam.Workspace, aboutPK(sam.Workspace, id), cursor, 100)
		k.must(err)
		for _, e := range entries {
			types = append([]string{e.Action}, types...)
		}
		if cursor = next; cursor == "" {
			return types
		}
	}
}

func TestAPausedEndpointHoldsUntilItIsResumed(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.receiver.will(500)
	e := k.register()
	k.happen()
	k.settle() // one that is being retried
	_, err := k.Pause(k.ctx(), sam, e.ID, k.now())
	k.must(err)
	for range 3 {
		k.happen()
	}
	k.after(time.Hour)
	if n := len(k.receiver.requests()); n != 1 {
		t.Errorf("got %d requests while paused, want none but the first", n)
	}
	for _, d := range k.log(e.ID) {
		if d.Status != Held || d.Why != ByPause {
			t.Errorf("got %s because %s, want held", d.Status, d.Why)
		}
	}
	k.receiver.will(200)
	_, err = k.Resume(k.ctx(), sam, e.ID, k.now())
	k.must(err)
	k.after(time.Hour)
	if n := len(k.receiver.requests()); n != 5 {
		t.Errorf("got %d requests, want each held one once more", n)
	}
	for _, d := range k.log(e.ID) {
		if d.Status != Succeeded || d.Round.Number != 2 || d.Round.Cause != Resumed {
			t.Errorf("got %s in round %+v", d.Status, d.Round)
		}
	}
	want := []string{"webhook_endpoint.created", "webhook_endpoint.paused", "webhook_endpoint.resumed"}
	if got := k.told(e.ID); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("audit: got %v, want %v", got, want)
	}
}

func TestNothingIsSentAfterDeletion(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.receiver.will(500)
	e := k.register()
	k.happen()
	k.settle()
	k.must(k.Delete(k.ctx(), sam, e.ID, 0, k.now()))
	k.happen()
	k.after(48 * time.Hour)
	if n := len(k.receiver.requests()); n != 1 {
		t.Errorf("got %d requests, want 1", n)
	}
	d := k.only("") // the log of a deleted endpoint stays
	if d.Status != Failed || d.Why != ByDeletion {
		t.Errorf("got %s because %s", d.Status, d.Why)
	}
	if _, err := k.Resend(k.ctx(), sam, d.ID, k.now()); fault.CodeOf(err) != "webhook.deleted" {
		t.Errorf("resend: %v", err)
	}
	if list, err := k.Endpoints(k.ctx(), sam.Workspace); err != nil || len(list) != 0 {
		t.Errorf("got %d endpoints, %v", len(list), err)
	}
}

func TestHeldDeliveriesEndWithTheirEndpoint(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	e := k.register()
	_, err := k.Pause(k.ctx(), sam, e.ID, k.now())
	k.must(err)
	k.happen()
	k.settle()
	k.must(k.Delete(k.ctx(), sam, e.ID, 0, k.now()))
	k.after(time.Hour)
	if d := k.only(""); d.Status != Failed || d.Why != ByDeletion || len(d.Attempts) != 0 {
		t.Errorf("got %s because %s after %d attempts", d.Status, d.Why, len(d.Attempts))
	}
}

func TestAnEndpointThatOnlyFailsIsDisabled(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.receiver.will(500)
	e := k.register()
	for range 5 {
		k.happen()
		k.after(24 * time.Hour)
		k.must(k.DisableFailing(k.ctx(), sam.Workspace, k.now()))
		if day := k.now().Sub(nine); day < 5*24*time.Hour && k.state(e.ID).State != Enabled {
			t.Fatalf("disabled after %s", day)
		}
	}
	now := k.state(e.ID)
	if now.State != Disabled || now.Why != "Every delivery failed for 5 days." {
		t.Fatalf("got %s because %q", now.State, now.Why)
	}
	var types []string
	list, _, err := k.Events.List(k.ctx(), sam.Workspace, outboxAll, "", 200, k.now())
	k.must(err)
	for _, e := range list {
		if strings.HasPrefix(e.Type, "webhook_endpoint.") {
			types = append(types, e.Type)
		}
	}
	if want := "[webhook_endpoint.disabled webhook_endpoint.failing webhook_endpoint.created]"; fmt.Sprint(types) != want {
		t.Errorf("told %v, want %s", types, want)
	}
	if now, err = k.Enable(k.ctx(), sam, e.ID, k.now()); err != nil || now.Spell.Failing() || !now.Spell.Recoverable.Equal(nine) {
		t.Errorf("enabled: %+v, %v", now.Spell, err)
	}
}

func TestOneFailureLongAgoDisablesNothing(t *testing.T) {
	t.Parallel()
	e := &Endpoint{State: Enabled}
	r := Rules{DisableAfterDays: 5}
	failed := Attempt{Class: "status", Status: 500, Then: Retry}
	e.fail(failed, r, nine)
	if e.overdue(r, nine.Add(30*24*time.Hour)) {
		t.Error("a single failure disabled it")
	}
	e.fail(failed, r, nine.Add(13*time.Hour))
	if e.overdue(r, nine.Add(5*24*time.Hour-1)) || e.overdue(Rules{}, nine.Add(300*24*time.Hour)) || !e.overdue(r, nine.Add(5*24*time.Hour)) {
		t.Error("five days are not five days")
	}
}

func TestRecoveryIsOfferedWhenAnEndpointAnswersAgain(t *testing.T) {
	t.Parallel()
	for _, auto := range []bool{false, true} {
		t.Run(fmt.Sprint("by itself: ", auto), func(t *testing.T) {
			t.Parallel()
			k := newKit(t)
			k.rule(func(r *Rules) { r.AutoRecover = auto })
			k.receiver.will(500)
			e := k.register()
			k.happen()
			k.after(20 * time.Hour) // lost
			k.receiver.will(200)
			k.happen()
			k.after(time.Hour)
			now := k.state(e.ID)
			if now.Spell.Failing() {
				t.Error("it is failing still")
			}
			lost := k.log(e.ID)[1]
			if auto {
				if lost.Status != Succeeded || lost.Round.Cause != Recovered || !now.Spell.Recoverable.IsZero() {
					t.Errorf("got %s, round %+v, offer %s", lost.Status, lost.Round, now.Spell.Recoverable)
				}
				return
			}
			if lost.Status != Failed || !now.Spell.Recoverable.Equal(nine) {
				t.Fatalf("got %s, offer since %s", lost.Status, now.Spell.Recoverable)
			}
			found, err := k.Recover(k.ctx(), sam, e.ID, Window{Since: now.Spell.Recoverable}, false, k.now())
			k.must(err)
			k.settle()
			if now = k.state(e.ID); found.Count != 1 || !now.Spell.Recoverable.IsZero() || k.log(e.ID)[1].Status != Succeeded {
				t.Errorf("got %+v, offer %s, %s", found, now.Spell.Recoverable, k.log(e.ID)[1].Status)
			}
		})
	}
}

func TestRecoveryIsPaced(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.receiver.will(410)
	e := k.register()
	k.happen()
	k.settle()
	k.receiver.will(500)
	for range 250 {
		_, err := k.Enable(k.ctx(), sam, e.ID, k.now())
		if err != nil && fault.CodeOf(err) != "webhook.not_disabled" {
			t.Fatal(err)
		}
		k.happen()
	}
	k.after(20 * time.Hour)
	began, before := k.now(), len(k.receiver.requests())
	k.receiver.will(200)
	found, err := k.Recover(k.ctx(), sam, e.ID, Window{Since: nine}, false, k.now())
	k.must(err)
	k.settle()
	if n := len(k.receiver.requests()) - before; found.Count != 251 || n != jobPage {
		t.Errorf("found %d, sent %d at once, want 251 and %d", found.Count, n, jobPage)
	}
	k.after(time.Minute)
	got := k.receiver.requests()[before:]
	if last := got[len(got)-1].At.Sub(began); len(got) != 251 || last != 4*time.Second {
		t.Errorf("sent %d within %s, want 251 within 4 s", len(got), last)
	}
}

func TestARateLimitSpacesDeliveries(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	e := k.register()
	limit := 4
	_, err := k.Edit(k.ctx(), sam, e.ID, func(r *Registration) error { r.RateLimit = limit; return nil }, 0, k.now())
	k.must(err)
	for range 20 {
		k.happen()
	}
	k.after(time.Minute)
	got := k.receiver.requests()
	if len(got) != 20 {
		t.Fatalf("got %d requests", len(got))
	}
	for i, r := range got {
		if want := nine.Add(time.Duration(i) * time.Second / 4); !r.At.Equal(want) {
			t.Errorf("request %d at +%s, want +%s", i+1, r.At.Sub(nine), want.Sub(nine))
		}
	}
	k.receiver.will(500, 500, 200) // retries wait for their turn, too, and the plan goes on
	k.happen()
	k.happen()
	k.after(time.Hour)
	for _, d := range k.log(e.ID) {
		if d.Status != Succeeded {
			t.Errorf("got %s", d.Status)
		}
	}
}

func TestWhatIsOlderThanTheRetentionIsGone(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	e := k.register()
	k.happen()
	k.settle()
	d := k.only(e.ID)
	k.rule(func(r *Rules) { r.Retention = 24 * time.Hour })
	k.after(25 * time.Hour)
	if list := k.log(""); len(list) != 0 {
		t.Errorf("got %d deliveries older than the setting", len(list))
	}
	if _, err := k.Delivery(k.ctx(), sam.Workspace, d.ID, k.now()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("got %v", err)
	}
	if _, err := k.Resend(k.ctx(), sam, d.ID, k.now()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("resend: %v", err)
	}
	k.rule(func(r *Rules) { r.Retention = 365 * 24 * time.Hour })
	k.after(90 * 24 * time.Hour)
	if _, err := k.Delivery(k.ctx(), sam.Workspace, d.ID, k.now()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("it is still stored: %v", err)
	}
}

func TestAWorkspaceHasAHundredEndpoints(t *testing.T) {
	t.Parallel()
	k := idleKit(t)
	for range MaxEndpoints {
		k.register()
	}
	r := Registration{URL: "https://receiver.example/hook"}
	if _, _, err := k.Register(k.ctx(), sam, r, k.now()); fault.CodeOf(err) != "webhook.too_many_endpoints" {
		t.Errorf("one too many: %v", err)
	}
	if _, _, err := k.Register(k.ctx(), eve, r, k.now()); err != nil {
		t.Errorf("another workspace: %v", err)
	}
	all, err := k.Endpoints(k.ctx(), sam.Workspace)
	k.must(err)
	k.must(k.Delete(k.ctx(), sam, all[0].ID, 0, k.now()))
	if _, _, err := k.Register(k.ctx(), sam, r, k.now()); err != nil {
		t.Errorf("after one was deleted: %v", err)
	}
}

func TestALongAnswerRestsAside(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	long := answered(500)
	long.Body, long.Cut = []byte(strings.Repeat("é\x00<", 4000)), true
	k.receiver.answers = append(k.receiver.answers, long)
	e := k.register()
	k.happen()
	k.after(48 * time.Hour)
	d := k.only(e.ID)
	for _, a := range d.Attempts {
		if string(a.Body) != string(long.Body) || !a.Cut || a.Header.Get("Content-Type") != "text/plain" {
			t.Fatalf("attempt %d: %d bytes, cut %v, %v", a.Number, len(a.Body), a.Cut, a.Header)
		}
	}
	it, err := k.table.Get(context.Background(), deliveryKey(sam.Workspace, e.ID, d.ID))
	k.must(err)
	if len(it.Doc) > 8000 {
		t.Errorf("the delivery itself has %d bytes", len(it.Doc))
	}
}

func TestHealthIsTheLastHundred(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	e := k.register(events.AssetCreated{}.Type(), "custom.*")
	for range 105 {
		k.happen()
	}
	k.settle()
	k.receiver.will(500)
	k.happen()
	k.settle()
	h, err := k.Health(k.ctx(), sam.Workspace, e.ID, k.now())
	k.must(err)
	if len(h.Last) != 100 || h.Counts[Retrying] != 1 || h.Counts[Succeeded] != 99 || h.Last[0].Status != Retrying || !h.Spell.Since.Equal(nine) {
		t.Errorf("got %v, %d marks, failing since %s", h.Counts, len(h.Last), h.Spell.Since)
	}
}
