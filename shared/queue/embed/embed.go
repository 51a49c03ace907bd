// Package embed is a queue in the machine's file.
//
// What Send accepted is on disk; everything else lives in memory: whose turn it
// is, what is in flight, when a failed message comes again. That a message is
// done is written a few milliseconds late, together with others, and costs its
// handler no wait. So a crash hands out again what was in flight or had just
// been done, and loses nothing.
//
// Receives are counted in memory and written when a message fails. A message
// that an earlier process left behind is counted on disk before each hand-out,
// so that one which kills the process ends among the dead letters, too.
//
// A group has at most PerGroup messages in flight, and fewer the less room is
// left, so that many groups that hang leave room for the others.
package embed

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/disk"
	"motorpool/shared/fault"
	"motorpool/shared/queue"
)

// Options say how a queue behaves. Now is required; zero means the default.
type Options struct {
	Now         func() time.Time
	Visibility  time.Duration // from a failed hand-out to the next; 30 s
	MaxReceives int           // hand-outs before a message is a dead letter; 5
	PerGroup    int           // most messages of one group in flight; 16
	Concurrency int           // most messages in flight; 512
}

// maxHeld bounds the bodies that are kept in memory for a quick hand-out. What
// does not fit is read from the file when its turn comes.
const maxHeld = 8 << 20

// Queue is a queue.Queue in a file. It is safe for concurrent use.
type Queue struct {
	disk *disk.Disk
	name string
	undo []byte // the bucket of messages not yet done
	dead []byte // the bucket of dead letters
	now  func() time.Time
	o    Options

	mu      sync.Mutex
	number  uint64 // of the latest message; guarded by the disk's commits, not by mu
	groups  map[string]*group
	turns   fifo[*group] // groups that may start a message
	later   delays
	servers []*server
	turn    int // which server is next
	depth   Depth
	held    int // bytes of bodies in memory
	alarm   *time.Timer
	rings   int64 // when the alarm does

	marks   []mark
	writing []mark // marks on their way to the disk
	asked   bool   // a commit will come by for the marks
	closed  bool
}

var _ queue.Queue = (*Queue)(nil)

// Open opens the queue called name in d, making it if it is not there. All that
// an earlier process left undone is ready again, in the order it was sent.
func Open(d *disk.Disk, name string, o Options) (*Queue, error) {
	q := &Queue{
		disk: d, name: name, now: o.Now, o: o.withDefaults(),
		undo: []byte("queue." + name), dead: []byte("queue." + name + ".dead"),
		groups: map[string]*group{},
	}
	if err := d.Make(q.undo, q.dead); err != nil {
		return nil, err
	}
	if err := q.ascend(); err != nil {
		return nil, err
	}
	return q, d.View(q.load)
}

func (o Options) withDefaults() Options {
	for _, d := range []struct {
		field *int
		value int
	}{{&o.MaxReceives, 5}, {&o.PerGroup, 16}, {&o.Concurrency, 512}} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	if o.Visibility <= 0 {
		o.Visibility = 30 * time.Second
	}
	return o
}

// ascend gives each process that opens the queue numbers of its own, ascending,
// so that an identifier is never used again.
func (q *Queue) ascend() error {
	return q.disk.Update(context.Background(), func(tx *bolt.Tx) error {
		n, err := tx.Bucket(q.undo).NextSequence()
		q.number = n << 40
		return err
	})
}

func (q *Queue) load(tx *bolt.Tx) error {
	q.depth.Dead = tx.Bucket(q.dead).Stats().KeyN
	at := q.now()
	return tx.Bucket(q.undo).ForEach(func(k, v []byte) error {
		r := record(v)
		q.enqueue(r.group(), entry{number: number(k), receives: r.receives(), left: true}, r.due(), at)
		return nil
	})
}

// Close writes what is done and stops the queue's timers. Serve must have
// returned; the disk stays open.
func (q *Queue) Close() error {
	q.mu.Lock()
	q.closed = true
	if q.alarm != nil {
		q.alarm.Stop()
	}
	q.mu.Unlock()
	return q.flush()
}

// Send stores the messages, in the commit that it shares with whoever else is
// writing, and hands out those that are due.
func (q *Queue) Send(ctx context.Context, msgs ...queue.Message) error {
	if err := queue.Validate(msgs); err != nil || len(msgs) == 0 {
		return err
	}
	at := q.now()
	var first uint64
	records := make([]record, len(msgs))
	for i, m := range msgs {
		records[i] = newRecord(m, at)
	}
	err := q.disk.Update(ctx, func(tx *bolt.Tx) error {
		b := tx.Bucket(q.undo)
		b.FillPercent = 0.9 // keys ascend: fill pages before splitting them
		first = q.number + 1
		for _, r := range records {
			q.number++
			if err := b.Put(key(q.number), r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return unavailable(err)
	}
	q.mu.Lock()
	for i, r := range records {
		e := entry{number: first + uint64(i), body: q.hold(r.body())}
		q.enqueue(msgs[i].Group, e, r.due(), at)
	}
	q.start(at)
	return nil
}

// hold returns b if there is room for it in memory. q.mu is held.
func (q *Queue) hold(b json.RawMessage) json.RawMessage {
	if q.held+len(b) > maxHeld {
		return nil
	}
	q.held += len(b)
	return b
}

func unavailable(err error) error {
	if fault.KindOf(err) == fault.Internal {
		return fault.New(fault.Unavailable, "queue.write", "The work could not be stored. Please try again.").Because(err)
	}
	return err
}
