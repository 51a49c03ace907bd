package embed

import (
	"bytes"
	"container/heap"
	"context"
	"encoding/binary"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/fault"
	"motorpool/shared/timeline"
)

// server is the call of Serve under way.
type server struct {
	ctx     context.Context
	task    timeline.Task
	abandon timeline.Abandon
	running sync.WaitGroup
}

// Serve calls task for each run that falls due, until ctx ends, and returns when
// the calls under way have: their context outlives ctx. A task that errs is
// called again after 1 s, 2 s, 4 s … six times; then abandon is, until it returns
// nil. One call of Serve at a time is allowed.
func (t *Timeline) Serve(ctx context.Context, task timeline.Task, abandon timeline.Abandon) error {
	s := &server{ctx: context.WithoutCancel(ctx), task: task, abandon: abandon}
	t.mu.Lock()
	if t.server != nil {
		t.mu.Unlock()
		return fault.New(fault.Conflict, "timeline.served", "This timeline is being served already.")
	}
	t.server = s
	t.start(t.now())
	<-ctx.Done()
	t.mu.Lock()
	t.server = nil
	t.mu.Unlock()
	s.running.Wait()
	return nil
}

// start calls what is due, then releases t.mu, which is held.
func (t *Timeline) start(at time.Time) {
	for id, ok := t.take(at); ok; id, ok = t.take(at) {
		go t.work(t.server, id)
	}
	t.arm(at)
	t.mu.Unlock()
}

// take counts the earliest run in, if it is due and may start. t.mu is held.
func (t *Timeline) take(at time.Time) (id string, ok bool) {
	if t.server == nil || t.running >= t.most || len(t.waiting) == 0 || t.waiting[0].due > at.UnixNano() {
		return "", false
	}
	t.running++
	t.server.running.Add(1)
	return heap.Pop(&t.waiting).(waiting).id, true
}

// doze is the longest that the alarm is set for, so that a clock that was put
// right and a computer that has slept are noticed.
const doze = time.Minute

// arm sets the alarm to the earliest run. A run that is due already waits for a
// place, not for the alarm. t.mu is held.
func (t *Timeline) arm(at time.Time) {
	if t.closed || len(t.waiting) == 0 || t.waiting[0].due == t.rings || t.waiting[0].due <= at.UnixNano() {
		return
	}
	t.rings = t.waiting[0].due
	if t.alarm != nil {
		t.alarm.Stop()
	}
	t.alarm = time.AfterFunc(min(doze, time.Duration(t.rings-at.UnixNano())), func() {
		t.mu.Lock()
		t.rings = 0
		t.start(t.now())
	})
}

// work does what is due of one run, and puts it back if it has not ended.
func (t *Timeline) work(s *server, id string) {
	defer s.running.Done()
	due, again, err := t.step(s, id)
	if err != nil { // of the file: what was done is done again
		slog.Error("run not stored", "run", id, "error", err)
		due, again = t.now().Add(time.Second).UnixNano(), true
	}
	t.mu.Lock()
	t.running--
	if again {
		t.wait(id, due)
	}
	t.start(t.now())
}

// step reads the run, calls its task or abandon function, and stores what came
// of it. It reports when the run is due again, if it is.
func (t *Timeline) step(s *server, id string) (due int64, again bool, err error) {
	var r record
	err = t.disk.View(func(tx *bolt.Tx) error {
		r = bytes.Clone(tx.Bucket(runs).Get([]byte(id)))
		return nil
	})
	if err != nil || r == nil || r.state() == over {
		return 0, false, err
	}
	next := t.call(s, id, r)
	err = t.disk.Update(s.ctx, func(tx *bolt.Tx) error { return store(tx, id, next) })
	return next.due(), next.state() != over, err
}

// call makes the run's next record out of what the task or abandon function says.
func (t *Timeline) call(s *server, id string, r record) record {
	next, err := safely(func() (timeline.Next, error) {
		if r.state() == abandoned {
			return timeline.Next{}, s.abandon(s.ctx, r.input())
		}
		return s.task(s.ctx, r.input())
	})
	var wait time.Duration
	again := false
	if err == nil {
		wait, again, err = t.plan.After(next)
	}
	at := t.now()
	switch {
	case err == nil && again:
		return newRecord(pending, 0, at.Add(wait).UnixNano(), r.input())
	case err == nil:
		return newRecord(over, 0, at.UnixNano(), nil)
	}
	slog.Warn("run failed", "run", id, "errors", r.errs()+1, "abandoned", r.state() == abandoned, "error", err)
	if r.state() == pending && r.errs() == timeline.ErrorRetries {
		return newRecord(abandoned, 0, at.UnixNano(), r.input())
	}
	wait = timeline.ErrorWait << min(r.errs(), timeline.ErrorRetries)
	return newRecord(r.state(), r.errs()+1, at.Add(wait).UnixNano(), r.input())
}

func safely(do func() (timeline.Next, error)) (n timeline.Next, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return do()
}

// store writes r. Each end of a run also forgets a few that ended long ago.
func store(tx *bolt.Tx, id string, r record) error {
	if r.state() == over {
		if err := forget(tx, r.due()-int64(remember)); err != nil {
			return err
		}
		if err := tx.Bucket(ended).Put(endedKey(r.due(), []byte(id)), nil); err != nil {
			return err
		}
	}
	return tx.Bucket(runs).Put([]byte(id), r)
}

// forget removes up to four runs that ended before the instant.
func forget(tx *bolt.Tx, before int64) error {
	c := tx.Bucket(ended).Cursor()
	k, _ := c.First()
	for range 4 {
		if k == nil || int64(binary.BigEndian.Uint64(k)) >= before {
			return nil
		}
		if err := tx.Bucket(runs).Delete(k[8:]); err != nil {
			return err
		}
		if err := c.Delete(); err != nil {
			return err
		}
		k, _ = c.First()
	}
	return nil
}
