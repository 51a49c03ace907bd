package embed

import (
	"bytes"
	"context"
	"encoding/binary"

	bolt "go.etcd.io/bbolt"
)

// sweepBatch is how many items one transaction deletes: so few that writers who
// share it hardly notice.
const sweepBatch = 100

// Sweep deletes the items that have expired, a few at a time, and returns how
// many it has deleted. It stops early when ctx ends. Nothing to delete costs no
// write. DynamoDB does this by itself.
func (t *Table) Sweep(ctx context.Context) (n int, err error) {
	for {
		var due [][]byte
		if err := ctx.Err(); err != nil {
			return n, err
		}
		if err := t.disk.View(func(tx *bolt.Tx) error {
			due = t.due(tx)
			return nil
		}); err != nil || len(due) == 0 {
			return n, err
		}
		var swept int
		if err := t.disk.Update(ctx, func(tx *bolt.Tx) (err error) {
			swept, err = sweep(tx, due)
			return err
		}); err != nil {
			return n, err
		}
		n += swept
	}
}

// due lists the first entries of the expiry that are over.
func (t *Table) due(tx *bolt.Tx) (due [][]byte) {
	now := uint64(max(t.now().Unix(), 0))
	c := tx.Bucket(expiry).Cursor()
	for k, _ := c.First(); k != nil && len(due) < sweepBatch && binary.BigEndian.Uint64(k) <= now; k, _ = c.Next() {
		due = append(due, bytes.Clone(k))
	}
	return due
}

// sweep deletes the items of the entries that are still there.
func sweep(tx *bolt.Tx, due [][]byte) (n int, err error) {
	for _, entry := range due {
		at := entry[8:]
		old := parse(tx.Bucket(items).Get(at))
		if old.expires != int64(binary.BigEndian.Uint64(entry)) {
			continue // written anew since it was found
		}
		old.keep()
		if err := remove(tx, at, old); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
