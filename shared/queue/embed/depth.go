package embed

import (
	"bytes"
	"context"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/queue"
)

// Depth counts a queue's messages, each once.
type Depth struct {
	Ready    int // waiting for their turn
	Delayed  int // waiting for their time
	InFlight int // with a handler
	Dead     int // given up
}

// Depth reads the counts, from memory.
func (q *Queue) Depth() Depth {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.depth
}

// Wake hands out what has fallen due. The queue does so itself on a clock that
// runs; whoever moves a clock that stands calls Wake.
func (q *Queue) Wake() {
	q.mu.Lock()
	q.start(q.now())
}

// Next is the earliest instant at which a message that waits falls due.
func (q *Queue) Next() (time.Time, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.later) == 0 {
		return time.Time{}, false
	}
	return time.Unix(0, q.later[0].due), true
}

// Idle reports that nothing is due, ready or in flight.
func (q *Queue) Idle() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	due := len(q.later) > 0 && q.later[0].due <= q.now().UnixNano()
	return !due && q.depth.Ready == 0 && q.depth.InFlight == 0
}

// maxDead is how many dead letters Dead returns.
const maxDead = 1000

// Dead returns the dead letters, oldest first, the first thousand.
func (q *Queue) Dead(ctx context.Context) (msgs []queue.Message, err error) {
	if err := q.flush(); err != nil {
		return nil, err
	}
	return msgs, q.disk.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(q.dead).Cursor()
		for k, v := c.First(); k != nil && len(msgs) < maxDead && ctx.Err() == nil; k, v = c.Next() {
			r := record(v)
			msgs = append(msgs, queue.Message{
				ID: strconv.FormatUint(number(k), 36), Group: r.group(), Body: bytes.Clone(r.body()), Receives: int(r.receives()),
			})
		}
		return ctx.Err()
	})
}

// Redrive makes the dead letters ready again, as if never received, and returns
// how many there were.
func (q *Queue) Redrive(ctx context.Context) (int, error) {
	if err := q.flush(); err != nil {
		return 0, err
	}
	var risen []entry
	var groups []string
	err := q.disk.Update(ctx, func(tx *bolt.Tx) error {
		risen, groups = nil, nil
		b := tx.Bucket(q.undo)
		c := tx.Bucket(q.dead).Cursor()
		for k, v := c.First(); k != nil; k, v = c.First() {
			r := record(v).afresh()
			if err := b.Put(bytes.Clone(k), r); err != nil {
				return err
			}
			risen, groups = append(risen, entry{number: number(k)}), append(groups, r.group())
			if err := c.Delete(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, unavailable(err)
	}
	q.mu.Lock()
	for i, e := range risen {
		q.enqueue(groups[i], e, time.Time{}, q.now())
	}
	q.depth.Dead -= len(risen)
	q.start(q.now())
	return len(risen), nil
}
