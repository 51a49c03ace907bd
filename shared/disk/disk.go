// Package disk is one durable file that many writers share. It wraps bbolt
// (one ordered B+ tree per bucket, real transactions) and adds group commit:
// changes that arrive while a commit is on its way to the disk share the next
// one, so that many concurrent writers cost one commit. Nobody waits for
// company: a lone change is committed at once. A commit flushes the device twice:
// first the data, then the root that points to it.
//
// A change that was acknowledged survives SIGKILL and power loss. A change that
// was not stored (no space left, a device that fails) is fault.Unavailable, and
// the disk goes on as soon as it can store again. Only when a failure leaves
// open what is on the disk does it refuse all changes until it is opened anew.
//
// The embedded adapters of table, queue and timeline keep their buckets in it,
// each under names that begin with its own.
package disk

import (
	"context"
	"errors"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"motorpool/shared/fault"
)

// Disk is an open file. It is safe for concurrent use.
type Disk struct {
	db   *bolt.DB
	wake chan struct{}
	done chan struct{}

	mu     sync.Mutex
	wait   []*change
	later  []*change // go with the next group
	shut   bool
	broken error // why no change is taken any more
}

// maxGroup bounds how many changes share a commit, and so how long one waits.
const maxGroup = 1024

// addressSpace is mapped from the start. It costs no memory, and until the file
// outgrows it, no writer has to wait for all readers to leave and no reader has
// to wait for that writer.
const addressSpace = 1 << 30

// Open opens the file at path, making it if there is none. A file that another
// process has open is fault.Unavailable after a second.
//
// The list of free pages is not stored (opening looks through the file instead:
// 30 ms for 200 MB), which makes a commit twice as fast.
func Open(path string) (*Disk, error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout:         time.Second,
		FreelistType:    bolt.FreelistMapType,
		NoFreelistSync:  true,
		InitialMmapSize: addressSpace,
		NoStatistics:    true,
	})
	if errors.Is(err, berrors.ErrTimeout) {
		return nil, fault.New(fault.Unavailable, "disk.busy", "Another process has the data file %s open. Stop it first, or choose another folder.", path).Because(err)
	}
	if err != nil {
		return nil, fault.New(fault.Unavailable, "disk.open", "The data file %s cannot be opened for reading and writing.", path).Because(err)
	}
	d := &Disk{db: db, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go d.commit()
	return d, nil
}

// Close takes no more changes, waits for those under way and for readers, then
// closes the file. Closing twice is harmless.
func (d *Disk) Close() error {
	d.mu.Lock()
	first := !d.shut
	d.shut = true
	if first {
		close(d.wake)
	}
	d.mu.Unlock()
	<-d.done
	return d.db.Close()
}

// Make creates the buckets that are not there yet.
func (d *Disk) Make(buckets ...[]byte) error {
	return d.Update(context.Background(), func(tx *bolt.Tx) error {
		for _, name := range buckets {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return nil
	})
}

// View reads a consistent state: everything acknowledged before it began. What
// do reads from tx may not be kept after do returns. A long View keeps old pages
// from being reused; it delays nobody.
func (d *Disk) View(do func(*bolt.Tx) error) error {
	err := d.db.View(do)
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return closed()
	}
	return err
}

// Update runs do in a transaction that it may share with others, and returns
// when the transaction is on disk.
//
// If do returns a fault (other than Unavailable), it refuses: the others of the
// group are committed, so it must not have changed anything yet. Check first,
// then change. Any other error, and a panic, throws out all that do has changed;
// the others are done again without it. So do may run more than once, and not
// in the caller's goroutine: it must start afresh each time, and must not call
// Update or View itself.
//
// A context that has ended refuses the change. Once the change is under way,
// Update waits for its outcome whatever the context says.
func (d *Disk) Update(ctx context.Context, do func(*bolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c := &change{do: do, done: make(chan struct{})}
	if err := d.enqueue(c); err != nil {
		return err
	}
	<-c.done
	return c.err
}

// Later runs do as Update would, but with the next commit that somebody waits
// for, or after patience: for changes that may be lost in a crash and shall cost
// no commit of their own. then gets the outcome, from the goroutine that
// commits: it must be quick and must not call the disk. Close does what is left.
func (d *Disk) Later(do func(*bolt.Tx) error, then func(error)) {
	c := &change{do: do, then: then, done: make(chan struct{})}
	d.mu.Lock()
	err := d.taken()
	if err == nil {
		if d.later = append(d.later, c); len(d.later) == 1 {
			time.AfterFunc(patience, d.nudge)
		}
	}
	d.mu.Unlock()
	if err != nil {
		then(err)
	}
}

// patience is how long a change waits for a commit to go with.
const patience = 20 * time.Millisecond

// nudge commits what has waited long enough.
func (d *Disk) nudge() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shut || len(d.later) == 0 {
		return // Close has done it, or a commit came by
	}
	d.wait, d.later = append(d.wait, d.later...), nil
	d.rouse()
}

func (d *Disk) enqueue(c *change) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.taken(); err != nil {
		return err
	}
	d.wait = append(d.wait, c)
	d.rouse()
	return nil
}

// taken returns why no change is taken any more, or nil.
func (d *Disk) taken() error {
	if d.shut {
		return closed()
	}
	return d.broken
}

// rouse is called under the lock, because Close closes wake.
func (d *Disk) rouse() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

func closed() error {
	return fault.New(fault.Unavailable, "disk.closed", "Motorpool is shutting down. Please try again in a moment.")
}
