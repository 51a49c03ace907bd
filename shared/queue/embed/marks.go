package embed

import (
	"context"
	"time"

	bolt "go.etcd.io/bbolt"
)

// mark is what has become of a message and is not on disk yet.
type mark struct {
	number   uint64
	kind     kind
	receives int32
}

type kind int

const (
	gone    kind = iota // done: forget it
	counted             // failed: remember how often
	buried              // a dead letter
)

// mark remembers m for the next commit that somebody waits for. q.mu is held.
func (q *Queue) mark(m mark) {
	q.marks = append(q.marks, m)
	if !q.asked {
		q.asked = true
		go q.disk.Later(q.write, q.written) // not under q.mu: it may call back at once
	}
}

// write puts the marks on disk. It may run more than once before written.
func (q *Queue) write(tx *bolt.Tx) error {
	q.mu.Lock()
	q.writing = append(q.writing, q.marks...)
	q.marks = nil
	marks := q.writing
	q.mu.Unlock()
	for _, m := range marks {
		if err := q.settle(tx, m); err != nil {
			return err
		}
	}
	return nil
}

// written hears how write went. What is not on disk is tried again a second
// later; if the disk is closed, it is done again after the next start.
func (q *Queue) written(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.asked = false
	if err == nil {
		q.writing = nil
		if len(q.marks) == 0 {
			return
		}
	}
	if q.closed {
		return
	}
	q.asked = true
	wait := time.Duration(0)
	if err != nil {
		wait = time.Second
	}
	time.AfterFunc(wait, func() { q.disk.Later(q.write, q.written) })
}

// flush writes the marks now.
func (q *Queue) flush() error {
	err := q.disk.Update(context.Background(), q.write)
	if err == nil {
		q.mu.Lock()
		q.writing = nil
		q.mu.Unlock()
	}
	return err
}

func (q *Queue) settle(tx *bolt.Tx, m mark) error {
	b, k := tx.Bucket(q.undo), key(m.number)
	if m.kind == gone {
		return b.Delete(k)
	}
	r := record(b.Get(k))
	if r == nil { // settled by a flush that was tried twice
		return nil
	}
	r = r.received(m.receives)
	if m.kind == counted {
		return b.Put(k, r)
	}
	if err := tx.Bucket(q.dead).Put(k, r); err != nil {
		return err
	}
	return b.Delete(k)
}
