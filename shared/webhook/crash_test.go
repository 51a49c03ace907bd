package webhook

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/queue"
	"motorpool/shared/table"
	"motorpool/shared/timeline"
)

// A crash ends the work at hand at one step of the service: just before
// something is stored, or just after.
type crash struct {
	mu     sync.Mutex
	armed  bool
	steps  int // until it happens
	before bool
	struck string
}

var errCrash = errors.New("the power failed")

func (c *crash) arm() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.armed = true
}

func (c *crash) around(name string, do func() error) error {
	c.mu.Lock()
	strike := false
	if c.armed && c.struck == "" {
		if strike = c.steps == 0; strike {
			c.struck = name
		}
		c.steps--
	}
	c.mu.Unlock()
	if strike && c.before {
		return errCrash
	}
	err := do()
	if strike {
		return errors.Join(err, errCrash)
	}
	return err
}

type crashTable struct {
	table.Table
	*crash
}

func (t crashTable) Write(ctx context.Context, ops ...table.Op) error {
	return t.around("write", func() error { return t.Table.Write(ctx, ops...) })
}

type crashQueue struct {
	queue.Queue
	*crash
}

func (q crashQueue) Send(ctx context.Context, msgs ...queue.Message) error {
	return q.around("send", func() error { return q.Queue.Send(ctx, msgs...) })
}

type crashTimeline struct {
	timeline.Timeline
	*crash
}

func (l crashTimeline) Begin(ctx context.Context, r timeline.Run) error {
	return l.around("begin", func() error { return l.Timeline.Begin(ctx, r) })
}

// again asks as a client does: until the answer is not a failure of ours.
func again(k *kit, ask func() error) {
	k.t.Helper()
	for range 3 {
		err := ask()
		if err == nil || fault.KindOf(err) == fault.Conflict {
			return
		}
		if !errors.Is(err, errCrash) {
			k.t.Fatal(err)
		}
	}
	k.t.Fatal("one crash broke three attempts")
}

var crashes = map[string]func(k *kit, e *Endpoint, c *crash){
	"while it is delivered": func(k *kit, e *Endpoint, c *crash) {
		k.receiver.will(500, 500, 200)
		c.arm()
		k.happen()
	},
	"while it succeeds at once": func(k *kit, e *Endpoint, c *crash) {
		c.arm()
		k.happen()
		k.happen()
	},
	"while the endpoint is resumed": func(k *kit, e *Endpoint, c *crash) {
		_, err := k.Pause(k.ctx(), sam, e.ID, k.now())
		k.must(err)
		k.happen()
		k.happen()
		k.settle()
		c.arm()
		again(k, func() error { _, err := k.Resume(k.ctx(), sam, e.ID, k.now()); return err })
	},
	"while it is resent": func(k *kit, e *Endpoint, c *crash) {
		k.receiver.will(500, 500, 200)
		k.happen()
		k.after(time.Minute)
		c.arm()
		id := k.only(e.ID).ID
		again(k, func() error { _, err := k.Resend(k.ctx(), sam, id, k.now()); return err })
	},
	"while it is recovered": func(k *kit, e *Endpoint, c *crash) {
		k.receiver.will(500)
		k.happen()
		k.after(20 * time.Hour)
		k.receiver.will(200)
		c.arm()
		again(k, func() error {
			_, err := k.Recover(k.ctx(), sam, e.ID, Window{Since: nine}, false, k.now())
			return err
		})
	},
	"while it recovers by itself": func(k *kit, e *Endpoint, c *crash) {
		k.rule(func(r *Rules) { r.AutoRecover = true })
		k.receiver.will(500)
		k.happen()
		k.after(20 * time.Hour)
		k.receiver.will(200)
		c.arm()
		k.happen()
	},
	"while it is disabled": func(k *kit, e *Endpoint, c *crash) {
		k.receiver.will(410, 200)
		c.arm()
		k.happen()
		k.after(time.Hour)
		again(k, func() error { _, err := k.Enable(k.ctx(), sam, e.ID, k.now()); return err })
		again(k, func() error {
			_, err := k.Recover(k.ctx(), sam, e.ID, Window{Since: nine}, false, k.now())
			return err
		})
	},
	"while it is replayed": func(k *kit, e *Endpoint, c *crash) {
		k.must(k.Delete(k.ctx(), sam, e.ID, 0, k.now()))
		k.happen()
		k.settle()
		e = k.register()
		c.arm()
		again(k, func() error {
			_, err := k.Replay(k.ctx(), sam, e.ID, Window{Since: nine}, false, k.now())
			return err
		})
	},
	"while it waits for its turn": func(k *kit, e *Endpoint, c *crash) {
		_, err := k.Edit(k.ctx(), sam, e.ID, func(r *Registration) error { r.RateLimit = 1; return nil }, 0, k.now())
		k.must(err)
		k.receiver.will(500, 200, 500, 500, 200)
		c.arm()
		k.happen()
		k.happen()
		k.happen()
	},
}

// TestACrashLosesNothing breaks off the work at every step in turn, before and
// after it is done, and looks that everything is delivered all the same.
func TestACrashLosesNothing(t *testing.T) {
	t.Parallel()
	for name, story := range crashes {
		for _, before := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, before %v", name, before), func(t *testing.T) {
				t.Parallel()
				for step := 0; ; step++ {
					struck := tell(t, story, &crash{steps: step, before: before})
					if t.Failed() {
						t.Fatalf("the crash was at step %d: %s", step, struck)
					}
					if struck == "" {
						if step < 2 {
							t.Errorf("the story has %d steps only", step)
						}
						return
					}
				}
			})
		}
	}
}

func tell(t *testing.T, story func(*kit, *Endpoint, *crash), c *crash) (struck string) {
	k := idleKit(t)
	k.Service.Table = crashTable{k.table, c}
	k.Service.Queue, k.Service.Jobs = crashQueue{k.queue, c}, crashQueue{k.jobs, c}
	k.Service.Timeline = crashTimeline{k.line, c}
	k.serve()
	e := k.register()
	story(k, e, c)
	k.after(48 * time.Hour)
	ids := map[string]bool{}
	for _, d := range k.log("") {
		ids[d.ID] = true
		if d.Status != Succeeded {
			t.Errorf("a delivery is %s because %q after %d attempts, round %+v", d.Status, d.Why, len(d.Attempts), d.Round)
		}
		for i, a := range d.Attempts {
			if a.Number != i+1 {
				t.Errorf("attempt %d has the number %d", i+1, a.Number)
			}
		}
	}
	for _, r := range k.receiver.requests() {
		delete(ids, r.Header.Get("Webhook-Id"))
	}
	if len(ids) > 0 || len(k.log("")) == 0 {
		t.Errorf("never sent: %v", ids)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.struck
}
