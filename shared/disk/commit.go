package disk

import (
	"cmp"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/fault"
)

// A change is what one caller of Update wants done, and how it went.
type change struct {
	do   func(*bolt.Tx) error
	then func(error) // for a change that nobody waits for
	err  error
	done chan struct{}
}

// run keeps a panic of the change to the change.
func (c *change) run(tx *bolt.Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("disk: a change panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return c.do(tx)
}

func (c *change) answer(err error) {
	c.err = err
	close(c.done)
	if c.then != nil {
		c.then(err)
	}
}

// commit takes group after group until the disk is closed and none is waiting.
func (d *Disk) commit() {
	defer close(d.done)
	for open := true; open; {
		_, open = <-d.wake
		for group := d.next(); len(group) > 0; group = d.next() {
			d.write(group)
		}
	}
}

func (d *Disk) next() []*change {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.wait) > 0 || d.shut {
		d.wait, d.later = append(d.wait, d.later...), nil
	}
	n := min(len(d.wait), maxGroup)
	group := d.wait[:n:n]
	if d.wait = d.wait[n:]; len(d.wait) == 0 {
		d.wait = nil // let go of the changes that have been answered
	}
	return group
}

// write commits the group in one transaction. A change that breaks it is thrown
// out and answered, and the rest is done again.
func (d *Disk) write(group []*change) {
	for len(group) > 0 {
		broken, err := d.try(group)
		if broken < 0 {
			for _, c := range group {
				c.answer(cmp.Or(err, c.err))
			}
			return
		}
		group[broken].answer(err)
		group = slices.Delete(slices.Clone(group), broken, broken+1)
	}
}

// try does the group in one transaction. It returns which change broke it and
// why, or -1 and why the transaction as a whole is not on disk.
func (d *Disk) try(group []*change) (broken int, err error) {
	if err := d.stopped(); err != nil {
		return -1, err
	}
	defer func() {
		if p := recover(); p != nil { // bbolt found its own state to be wrong
			broken, err = -1, d.stop(fmt.Errorf("commit panicked: %v\n%s", p, debug.Stack()))
		}
	}()
	broken, id := -1, 0
	err = d.db.Update(func(tx *bolt.Tx) error {
		id = tx.ID()
		for i, c := range group {
			if c.err = c.run(tx); c.err != nil && !refused(c.err) {
				broken = i
				return c.err
			}
		}
		return nil
	})
	if err == nil || broken >= 0 {
		return broken, err
	}
	if d.sees(id) {
		return -1, d.stop(err)
	}
	return -1, fault.New(fault.Unavailable, "disk.write", "The change could not be stored, perhaps because no space is left. Nothing was changed; please try again.").Because(err)
}

// sees reports whether the failed transaction id can be read all the same. Then
// its very last step failed: it is written, and may or may not be on the disk.
func (d *Disk) sees(id int) (seen bool) {
	err := d.db.View(func(tx *bolt.Tx) error {
		seen = tx.ID() >= id
		return nil
	})
	return seen || err != nil
}

// stop refuses all further changes, because cause leaves open what is on disk.
func (d *Disk) stop(cause error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.broken = fault.New(fault.Unavailable, "disk.broken", "The data file could not be written, and it is uncertain whether the last change is in it. Restart Motorpool to see.").Because(cause)
	return d.broken
}

func (d *Disk) stopped() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.broken
}

// refused reports whether err is a change's own decision, made before it
// changed anything.
func refused(err error) bool {
	e, is := errors.AsType[*fault.Error](err)
	return is && e.Kind != fault.Unavailable
}
