// Package embed is a timeline in the machine's file: each run is an item with
// the instant at which it is due.
//
// A run that was begun, put off or ended is so on disk before anyone goes on. A
// crash between a task and its bookkeeping calls the task again. An ended run is
// remembered for a day, so that beginning it again still does nothing.
//
// In memory lie only the IDs of the runs that wait and their instants.
package embed

import (
	"context"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/disk"
	"motorpool/shared/fault"
	"motorpool/shared/timeline"
)

// Where runs rest. An ended run is in both buckets until it is forgotten.
var (
	runs  = []byte("timeline.runs")  // ID -> record
	ended = []byte("timeline.ended") // instant it ended (8) ID -> empty
)

// remember is how long an ended run is known.
const remember = 24 * time.Hour

// Options say how a timeline behaves. Now is required; zero means the default.
type Options struct {
	Now         func() time.Time
	Concurrency int // most tasks at once; 256
}

// Timeline is a timeline.Timeline in a file. It is safe for concurrent use.
type Timeline struct {
	disk *disk.Disk
	plan timeline.Plan
	now  func() time.Time
	most int

	mu      sync.Mutex
	waiting waits
	running int
	server  *server
	alarm   *time.Timer
	rings   int64 // when the alarm does
	closed  bool
}

var _ timeline.Timeline = (*Timeline)(nil)

// Open opens the timeline in d, making it if it is not there.
func Open(d *disk.Disk, plan timeline.Plan, o Options) (*Timeline, error) {
	t := &Timeline{disk: d, plan: plan, now: o.Now, most: o.Concurrency}
	if t.most <= 0 {
		t.most = 256
	}
	if err := d.Make(runs, ended); err != nil {
		return nil, err
	}
	return t, d.View(func(tx *bolt.Tx) error {
		return tx.Bucket(runs).ForEach(func(id, v []byte) error {
			if r := record(v); r.state() != over {
				t.wait(string(id), r.due())
			}
			return nil
		})
	})
}

// Close stops the timeline's timer. Serve must have returned; the disk stays open.
func (t *Timeline) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	if t.alarm != nil {
		t.alarm.Stop()
	}
	return nil
}

// Begin stores r, due after its wait, unless a run with its ID is known.
func (t *Timeline) Begin(ctx context.Context, r timeline.Run) error {
	if err := t.plan.Validate(r); err != nil {
		return err
	}
	at, known := t.now(), false
	due := at.Add(r.Wait).UnixNano()
	err := t.disk.Update(ctx, func(tx *bolt.Tx) error {
		b := tx.Bucket(runs)
		if known = b.Get([]byte(r.ID)) != nil; known {
			return nil
		}
		return b.Put([]byte(r.ID), newRecord(pending, 0, due, r.Input))
	})
	if err != nil {
		return unavailable(err)
	}
	if !known {
		t.mu.Lock()
		t.wait(r.ID, due)
		t.start(at)
	}
	return nil
}

// Depth counts the runs that have not ended.
type Depth struct {
	Waiting int // for their time
	Running int // with their task
}

// Depth reads the counts, from memory.
func (t *Timeline) Depth() Depth {
	t.mu.Lock()
	defer t.mu.Unlock()
	return Depth{len(t.waiting), t.running}
}

// Wake calls what has fallen due. The timeline does so itself on a clock that
// runs; whoever moves a clock that stands calls Wake.
func (t *Timeline) Wake() {
	t.mu.Lock()
	t.start(t.now())
}

// Next is the earliest instant at which a run falls due.
func (t *Timeline) Next() (time.Time, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.waiting) == 0 {
		return time.Time{}, false
	}
	return time.Unix(0, t.waiting[0].due), true
}

// Idle reports that nothing is due or running.
func (t *Timeline) Idle() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.running == 0 && (len(t.waiting) == 0 || t.waiting[0].due > t.now().UnixNano())
}

func unavailable(err error) error {
	if fault.KindOf(err) == fault.Internal {
		return fault.New(fault.Unavailable, "timeline.write", "The retry could not be stored. Please try again.").Because(err)
	}
	return err
}
