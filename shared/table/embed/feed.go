package embed

import (
	"bytes"
	"context"
	"encoding/binary"
	"time"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/table"
)

// feedBatch is how many items a handler gets at once at the most.
const feedBatch = 100

// How long a handler that fails is left alone: at first, and at the most.
const (
	shortPause = 50 * time.Millisecond
	longPause  = 5 * time.Second
)

// Follow hands the feed's items to h in the order in which they were stored,
// until ctx ends. A table has one follower at a time.
//
// Items are handed out again if h returns an error, or if the process ends
// before they are ticked off, which happens a little after h has returned: h
// must be idempotent. Items that have been deleted or have expired since are
// passed over.
func (t *Table) Follow(ctx context.Context, h func(context.Context, []table.Item) error) error {
	f := &follower{table: t, handle: h, ticked: make(chan error, 1), pause: shortPause}
	defer f.stop()
	for ctx.Err() == nil {
		if f.turn(ctx) == nil {
			f.pause = shortPause
			continue
		}
		sleep(ctx, f.pause)
		f.pause = min(2*f.pause, longPause)
	}
	return nil
}

// Backlog reports whether the feed holds items that no handler has taken yet.
func (t *Table) Backlog() (waiting bool) {
	t.disk.View(func(tx *bolt.Tx) error {
		n, _ := behind(tx.Bucket(feed).Cursor(), t.taken.Load())
		waiting = n != nil
		return nil
	})
	return waiting
}

// A follower ticks off what the handler has taken with commits that others wait
// for, so that the feed costs none and never waits for the disk.
type follower struct {
	table   *Table
	handle  func(context.Context, []table.Item) error
	done    [][]byte // numbers that are taken and not ticked off
	ticking [][]byte // those of done that are being ticked off
	ticked  chan error
	pause   time.Duration
}

// turn handles one batch, or waits for one.
func (f *follower) turn(ctx context.Context) error {
	numbers, batch, err := f.table.peek()
	if err != nil {
		return err
	}
	if len(numbers) == 0 {
		return f.wait(ctx)
	}
	if len(batch) > 0 {
		if err := f.handle(ctx, batch); err != nil {
			return err
		}
	}
	f.table.taken.Store(binary.BigEndian.Uint64(numbers[len(numbers)-1]))
	f.done = append(f.done, numbers...)
	select {
	case err = <-f.ticked:
		f.settle(err)
	default:
	}
	f.tick()
	return nil
}

func (f *follower) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
	case <-f.table.news:
	case err := <-f.ticked:
		if f.settle(err); err != nil {
			sleep(ctx, f.pause)
		}
		f.tick()
	}
	return nil
}

// tick starts to tick off what is done, unless it is under way.
func (f *follower) tick() {
	if f.ticking != nil || len(f.done) == 0 {
		return
	}
	f.ticking, f.done = f.done, nil
	f.table.disk.Later(untell(f.ticking), func(err error) { f.ticked <- err })
}

// settle takes note of how ticking off went; what failed is to be done again.
func (f *follower) settle(err error) {
	if err != nil {
		f.done = append(f.ticking, f.done...)
	}
	f.ticking = nil
}

// stop ticks off all that is done. The next follower begins with what is not.
func (f *follower) stop() {
	if f.ticking != nil {
		f.settle(<-f.ticked)
	}
	if len(f.done) > 0 { // what fails is handed out again
		f.table.disk.Update(context.Background(), untell(f.done))
	}
	f.table.taken.Store(0)
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

func announce(tx *bolt.Tx, at []byte) error {
	b := tx.Bucket(feed)
	n, err := b.NextSequence()
	if err != nil {
		return err
	}
	return b.Put(binary.BigEndian.AppendUint64(nil, n), at)
}

// behind returns the feed's first entry after number; numbers begin with 1.
func behind(c *bolt.Cursor, number uint64) (n, at []byte) {
	return c.Seek(binary.BigEndian.AppendUint64(nil, number+1))
}

// peek returns the next numbers of the feed and the items behind them, as far
// as they are still there.
func (t *Table) peek() (numbers [][]byte, batch []table.Item, err error) {
	now := t.now().Unix()
	err = t.disk.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(feed).Cursor()
		for n, at := behind(c, t.taken.Load()); n != nil && len(numbers) < feedBatch; n, at = c.Next() {
			numbers = append(numbers, bytes.Clone(n))
			if r := parse(tx.Bucket(items).Get(at)); r.live(now) {
				batch = append(batch, r.item(unpath(at)))
			}
		}
		return nil
	})
	return numbers, batch, err
}

// untell is the change that takes numbers out of the feed.
func untell(numbers [][]byte) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		b := tx.Bucket(feed)
		for _, n := range numbers {
			if err := b.Delete(n); err != nil {
				return err
			}
		}
		return nil
	}
}
