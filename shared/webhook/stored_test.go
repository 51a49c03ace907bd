package webhook

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/egress"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// counting counts the writes of deliveries.
type counting struct {
	table.Table
	deliveries atomic.Int64
}

func (c *counting) Write(ctx context.Context, ops ...table.Op) error {
	for _, op := range ops {
		if strings.HasSuffix(op.Item.Key.PK, "#DLV") {
			c.deliveries.Add(1)
		}
	}
	return c.Table.Write(ctx, ops...)
}

func TestADeliveryThatSucceedsAtOnceIsWrittenOnce(t *testing.T) {
	t.Parallel()
	k := idleKit(t)
	counted := &counting{Table: k.table}
	k.Service.Table = counted
	k.serve()
	e := k.register()
	k.happen()
	k.settle()
	if d := k.only(e.ID); d.Status != Succeeded || counted.deliveries.Load() != 1 || d.version != 1 {
		t.Errorf("%s after %d writes, want succeeded after 1", d.Status, counted.deliveries.Load())
	}
}

func TestADeliveryThatWaitsForItsTurnCanBeSeen(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	e := k.register()
	_, err := k.Edit(k.ctx(), sam, e.ID, func(r *Registration) error { r.RateLimit = 1; return nil }, 0, k.now())
	k.must(err)
	for range 3 {
		k.happen()
	}
	k.settle()
	got := map[Status]int{}
	for _, d := range k.log(e.ID) {
		got[d.Status]++
	}
	if got[Succeeded] != 1 || got[Pending] != 2 {
		t.Errorf("got %v, want one succeeded and two pending", got)
	}
	k.after(time.Minute)
	for _, d := range k.log(e.ID) {
		if d.Status != Succeeded || len(d.Attempts) != 1 {
			t.Errorf("%s after %d attempts", d.Status, len(d.Attempts))
		}
	}
}

// broken is a Sender whose process is about to end.
type broken struct{ Sender }

func (broken) Post(context.Context, string, http.Header, []byte, func() time.Time) egress.Result {
	return egress.Result{Class: egress.Interrupted}
}

func TestADeliveryThatCouldNotBeTriedCanBeSeen(t *testing.T) {
	t.Parallel()
	k := idleKit(t)
	whole := k.Sender
	k.Service.Sender = broken{whole}
	e := k.register()
	event := k.happen()
	same := k.order(deliver(e.Workspace, e.ID, event, time.Hour, k.now()))
	if err := k.Deliver(k.ctx(), same, k.now()); fault.KindOf(err) != fault.Unavailable {
		t.Fatalf("got %v, want unavailable", err)
	}
	if d := k.only(e.ID); d.Status != Pending || len(d.Attempts) != 0 {
		t.Errorf("got %s after %d attempts, want it pending", d.Status, len(d.Attempts))
	}
	k.Service.Sender = whole
	k.must(k.Deliver(k.ctx(), same, k.now()))
	if d := k.only(e.ID); d.Status != Succeeded || len(d.Attempts) != 1 {
		t.Errorf("got %s after %d attempts", d.Status, len(d.Attempts))
	}
}

// On AWS a read may miss what was stored a moment ago: then an order that was
// done is done once more, and the log says so.
func TestADeliveryThatIsMissedIsFoundWhenItIsStored(t *testing.T) {
	t.Parallel()
	k := idleKit(t)
	e := k.register()
	event := k.happen()
	same := k.order(deliver(e.Workspace, e.ID, event, time.Hour, k.now()))
	k.must(k.Deliver(k.ctx(), same, k.now()))
	k.Service.Table = forgetful{k.table}
	k.must(k.Deliver(k.ctx(), same, k.now()))
	if d := k.only(e.ID); d.Status != Succeeded || len(d.Attempts) != 2 || d.Attempts[1].Then != Stray || d.Round.Attempts != 1 {
		t.Errorf("got %+v", d)
	}
	if _, err := k.Events.Get(k.ctx(), e.Workspace, event.ID, k.now()); err != nil {
		t.Error(err)
	}
}

// forgetful finds nothing by a read that may be old.
type forgetful struct{ table.Table }

func (f forgetful) Get(ctx context.Context, k table.Key) (table.Item, error) {
	if table.IsLately(ctx) {
		return table.Item{}, table.NotFound(k)
	}
	return f.Table.Get(ctx, k)
}
