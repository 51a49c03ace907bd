package embed

import (
	bolt "go.etcd.io/bbolt"

	"motorpool/shared/table"
)

// A write is one Write, with all that can be prepared outside the transaction,
// where writers take turns. It may be done more than once.
type write struct {
	table *Table
	steps []step
	told  bool // something went to the feed
}

type step struct {
	op     *table.Op
	at     []byte // path of its key
	record []byte // what a put stores
	old    record // what it replaces or removes; valid within one transaction
}

func (t *Table) newWrite(ops []table.Op) *write {
	w := &write{table: t, steps: make([]step, len(ops))}
	for i := range ops {
		s := &w.steps[i]
		s.op, s.at = &ops[i], path(ops[i].Item.Key)
		if s.op.Kind == table.OpPut {
			s.record = encode(&s.op.Item)
		}
	}
	return w
}

func (w *write) do(tx *bolt.Tx) error {
	now := w.table.now().Unix()
	b := tx.Bucket(items)
	for i := range w.steps {
		s := &w.steps[i]
		s.old = parse(b.Get(s.at))
		version := s.old.version
		if !s.old.live(now) {
			version = 0 // expired counts as absent
		}
		if s.op.Item.Version != version {
			return &table.Conflict{Op: i, Key: s.op.Item.Key}
		}
		s.old.keep() // the first change may move what the record lies in
	}
	w.told = false
	for i := range w.steps {
		if err := w.change(tx, b, &w.steps[i]); err != nil {
			return err
		}
	}
	return nil
}

func (w *write) change(tx *bolt.Tx, b *bolt.Bucket, s *step) error {
	switch s.op.Kind {
	case table.OpDelete:
		return remove(tx, s.at, s.old)
	case table.OpPut:
		if err := reindex(tx, s); err != nil {
			return err
		}
		if err := b.Put(s.at, s.record); err != nil {
			return err
		}
		if s.op.Item.Version == 0 && w.table.feeds(s.op.Item.Key) {
			w.told = true
			return announce(tx, s.at)
		}
	}
	return nil
}

// reindex moves the entries of the index and of the expiry that a put changes.
func reindex(tx *bolt.Tx, s *step) error {
	it, old := &s.op.Item, s.old
	if it.Index != old.index {
		if err := unlist(tx, index, indexPath(old.index, s.at)); err != nil {
			return err
		}
		if err := list(tx, index, indexPath(it.Index, s.at)); err != nil {
			return err
		}
	}
	if x := seconds(it.Expires); x != old.expires {
		if err := unlist(tx, expiry, expiryPath(old.expires, s.at)); err != nil {
			return err
		}
		return list(tx, expiry, expiryPath(x, s.at))
	}
	return nil
}

// remove takes out the item at at with all its entries; none is nothing to do.
func remove(tx *bolt.Tx, at []byte, old record) error {
	if old.version == 0 {
		return nil
	}
	if err := unlist(tx, index, indexPath(old.index, at)); err != nil {
		return err
	}
	if err := unlist(tx, expiry, expiryPath(old.expires, at)); err != nil {
		return err
	}
	return tx.Bucket(items).Delete(at)
}

// list and unlist pass over an entry that is nil: an item that is not indexed,
// or never expires.
func list(tx *bolt.Tx, bucket, entry []byte) error {
	if entry == nil {
		return nil
	}
	return tx.Bucket(bucket).Put(entry, nil)
}

func unlist(tx *bolt.Tx, bucket, entry []byte) error {
	if entry == nil {
		return nil
	}
	return tx.Bucket(bucket).Delete(entry)
}
