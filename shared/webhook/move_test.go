package webhook

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// stored is every item of this package's kinds that may have work.
func (k *kit) stored() (items []table.Item) {
	k.t.Helper()
	page, err := k.table.Scan(k.ctx(), table.Scan{Prefixes: []string{"WS#" + sam.Workspace}})
	k.must(err)
	for _, it := range page.Items {
		for _, kind := range Kinds() {
			if kind.Work && kind.Fits(sam.Workspace, it.Key) {
				items = append(items, it)
			}
		}
	}
	return items
}

func (k *kit) carryOn(word string) {
	k.t.Helper()
	for _, it := range k.stored() {
		k.must(k.CarryOn(k.ctx(), it, Move{Word: word}, k.now()))
	}
}

func (k *kit) leave(left bool) { k.rule(func(r *Rules) { r.Left = left }) }

// TestNothingIsSentForAWorkspaceThatHasLeft: not what was ordered, not what was
// to be tried again, not what happens; and carrying on brings each of them back.
func TestNothingIsSentForAWorkspaceThatHasLeft(t *testing.T) {
	k := newKit(t)
	e := k.register()
	k.receiver.will(503)
	k.happen()
	k.settle()
	k.leave(true)
	k.happen()
	k.after(48 * time.Hour)
	if n := len(k.receiver.requests()); n != 1 {
		t.Fatalf("%d requests, want the one before it left", n)
	}
	if got := k.statuses(e.ID); got != "pending retrying" {
		t.Fatalf("the deliveries are %s; one was to be tried again when the workspace left, and still is, and one is to be made", got)
	}
	k.leave(false)
	k.receiver.will(200)
	k.carryOn("one")
	k.settle() // two orders at the same moment may both be sent: at least once
	k.carryOn("one")
	k.after(Plan[0])
	if got, n := k.statuses(e.ID), len(k.receiver.requests()); got != "succeeded succeeded" || n != 3 {
		t.Errorf("carried on: %s after %d requests, want both succeeded after 3", got, n)
	}
}

// statuses are those of an endpoint's deliveries, sorted.
func (k *kit) statuses(endpoint string) string {
	k.t.Helper()
	var all []string
	for _, it := range k.stored() {
		if d, err := decodeDelivery(it); strings.HasSuffix(it.Key.PK, endpoint+"#DLV") {
			k.must(err)
			all = append(all, string(d.Status))
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// TestCarryingOnKeepsTheWaitThatIsLeft: the attempt comes when it was due.
func TestCarryingOnKeepsTheWaitThatIsLeft(t *testing.T) {
	k := newKit(t)
	e := k.register()
	k.receiver.will(503, 503, 200)
	k.happen()
	k.after(Plan[0])
	k.leave(true)
	due := k.only(e.ID).Next
	k.after(Plan[1] - time.Minute)
	k.leave(false)
	k.carryOn("one")
	k.after(time.Minute + time.Second)
	d := k.only(e.ID)
	if d.Status != Succeeded || d.Attempts[2].At.Before(due) || d.Attempts[2].At.After(due.Add(time.Second)) {
		t.Errorf("%s, %d attempts; want the third at %s", d.Status, len(d.Attempts), due)
	}
}

// TestCarryingOnSendsWhatWasOrdered: a delivery whose attempt was ordered and not
// made is made, though the queue has forgotten it.
func TestCarryingOnSendsWhatWasOrdered(t *testing.T) {
	k := idleKit(t)
	e := k.register()
	sample, err := k.example("asset.created")
	k.must(err)
	event, err := k.Events.Issue(k.ctx(), sam, sample, k.now()) // the feed does not tell of it
	k.must(err)
	k.must(k.create(k.ctx(), deliver(sam.Workspace, e.ID, event, 90*24*time.Hour, k.now())))
	k.carryOn("one")
	k.serve()
	k.settle()
	if d := k.only(e.ID); d.Status != Succeeded || len(k.receiver.requests()) != 1 {
		t.Errorf("%s after %d requests, want one that succeeded", d.Status, len(k.receiver.requests()))
	}
}

// TestAJobMovesAlong: what was to be recovered when the workspace left is
// recovered where it arrives; so is what was to be released.
func TestAJobMovesAlong(t *testing.T) {
	k := newKit(t)
	e := k.register()
	k.receiver.will(410)
	k.happen()
	k.settle()
	k.receiver.will(200)
	_, err := k.Enable(k.ctx(), sam, e.ID, k.now())
	k.must(err)
	k.after(5 * time.Minute)
	k.leave(true)
	_, err = k.Recover(k.ctx(), sam, e.ID, Window{Since: nine}, false, k.now())
	k.must(err)
	k.after(time.Hour)
	if n := len(k.receiver.requests()); n != 1 {
		t.Fatalf("%d requests, want none after it left", n-1)
	}
	k.leave(false)
	k.carryOn("one")
	k.after(time.Minute)
	if d := k.only(e.ID); d.Status != Succeeded {
		t.Errorf("the delivery is %s, want recovered", d.Status)
	}
	for _, it := range k.stored() {
		if strings.HasSuffix(it.Key.PK, "#JOBS") {
			t.Errorf("the job is still parked: %s", it.Doc)
		}
	}
}

func TestWhatIsHeldIsReleasedOnArrival(t *testing.T) {
	k := newKit(t)
	e := k.register()
	_, err := k.Pause(k.ctx(), sam, e.ID, k.now())
	k.must(err)
	k.happen()
	k.after(time.Hour)
	k.leave(true)
	_, err = k.Resume(k.ctx(), sam, e.ID, k.now())
	k.must(err)
	k.after(time.Hour)
	if d := k.only(e.ID); d.Status != Held {
		t.Fatalf("the delivery is %s, want held", d.Status)
	}
	k.leave(false)
	k.carryOn("one")
	k.after(5 * time.Minute)
	if d := k.only(e.ID); d.Status != Succeeded {
		t.Errorf("the delivery is %s, want sent", d.Status)
	}
}

// TestAnEventIsToldOnceItHasItsDeliveries: but for endpoints that came later.
func TestAnEventIsToldOnceItHasItsDeliveries(t *testing.T) {
	k := idleKit(t)
	e := k.register()
	event := k.happen()
	it, err := k.table.Get(k.ctx(), table.Key{PK: event.PK, SK: event.SK})
	k.must(err)
	told := func(want bool) {
		t.Helper()
		if got, err := k.Told(k.ctx(), it); err != nil || got != want {
			t.Errorf("told: %v, %v; want %v", got, err, want)
		}
	}
	told(false)
	d := deliver(sam.Workspace, e.ID, event, 90*24*time.Hour, k.now())
	k.must(k.create(k.ctx(), d))
	told(true)
	k.set(k.now().Add(time.Second))
	k.register()
	told(true)
	if ref := EventOf(deliveryKey(sam.Workspace, e.ID, d.ID)); ref != event.Ref || EventOf(table.Key{SK: "whe_1"}) != "" {
		t.Errorf("the delivery is of %q, want %q", ref, event.Ref)
	}
}

// TestAnOrderMovesAlong: one of a delivery that nobody has stored, and one of a
// new round, which were in the queue when the workspace left.
func TestAnOrderMovesAlong(t *testing.T) {
	k := newKit(t)
	e := k.register()
	k.happen()
	k.settle()
	d := k.only(e.ID)
	k.leave(true)
	again := order{Workspace: sam.Workspace, Delivery: d.ID, Round: 2, Cause: ByHand, By: sam}
	k.must(k.send(k.ctx(), again, e.ID, 0))
	sample, err := k.example("asset.created")
	k.must(err)
	event, err := k.Events.Issue(k.ctx(), sam, sample, k.now())
	k.must(err)
	k.must(k.send(k.ctx(), first(sam.Workspace, e.ID, event, 90*24*time.Hour), e.ID, 0))
	k.after(time.Hour)
	if n := len(k.receiver.requests()); n != 1 {
		t.Fatalf("%d requests, want none after it left", n-1)
	}
	k.leave(false)
	k.carryOn("one")
	k.settle()
	k.carryOn("one")
	k.settle()
	if n := len(k.receiver.requests()); n != 3 {
		t.Errorf("%d requests, want two more: of the new round and of the new delivery", n)
	}
}

func TestOnlyWorkIsParked(t *testing.T) {
	k := idleKit(t)
	if err := k.Park(k.ctx(), json.RawMessage(`[1]`), k.now()); fault.CodeOf(err) != "webhook.job" {
		t.Errorf("got %v", err)
	}
	for body, want := range map[string]string{`{"workspace":"wsp_1","kind":"x"}`: "wsp_1", `[]`: "", `{}`: ""} {
		if got := WhoseWork(json.RawMessage(body)); got != want {
			t.Errorf("%s: got %q", body, got)
		}
	}
}
