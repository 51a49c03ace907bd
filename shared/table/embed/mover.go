package embed

import (
	"bytes"
	"context"
	"encoding/base64"
	"slices"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

var _ table.Mover = (*Table)(nil)

// Scan walks through the file in the order of its keys. Its cursor is the last
// key of the page.
func (t *Table) Scan(ctx context.Context, s table.Scan) (page table.Page, err error) {
	if err := ctx.Err(); err != nil {
		return page, err
	}
	after, err := base64.RawURLEncoding.Strict().DecodeString(s.After)
	if err != nil {
		return page, fault.New(fault.Invalid, "table.scan", "That is not where a scan ended.").Because(err)
	}
	prefixes := slices.Sorted(slices.Values(s.Prefixes))
	now, size, looked := t.now().Unix(), 0, 0
	err = t.disk.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(items).Cursor()
		for _, prefix := range prefixes {
			for k, v := seek(c, []byte(prefix), after); bytes.HasPrefix(k, []byte(prefix)); k, v = c.Next() {
				if r := parse(v); r.live(now) {
					page.Items = append(page.Items, r.item(unpath(k)))
					size += len(k) + len(v)
				}
				if looked++; looked == s.Size() || size >= table.MaxPageBytes {
					page.Next = base64.RawURLEncoding.EncodeToString(k)
					return nil
				}
			}
		}
		return nil
	})
	return page, err
}

// seek goes to the first key with the prefix that comes after the given one.
func seek(c *bolt.Cursor, prefix, after []byte) (k, v []byte) {
	if bytes.Compare(prefix, after) > 0 {
		return c.Seek(prefix)
	}
	if k, v = c.Seek(after); bytes.Equal(k, after) {
		return c.Next()
	}
	return k, v
}

// Load stores items as they are, in one transaction.
func (t *Table) Load(ctx context.Context, list ...table.Item) error {
	if err := table.ValidateLoad(list); err != nil || len(list) == 0 {
		return err
	}
	return t.disk.Update(ctx, func(tx *bolt.Tx) error {
		for i := range list {
			if err := load(tx, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Place stores one item as it is where nothing is, and tells the feed.
func (t *Table) Place(ctx context.Context, it table.Item) error {
	if err := table.ValidateLoad([]table.Item{it}); err != nil {
		return err
	}
	told := t.feeds(it.Key)
	err := t.disk.Update(ctx, func(tx *bolt.Tx) error {
		at := path(it.Key)
		if r := parse(tx.Bucket(items).Get(at)); r.live(t.now().Unix()) {
			return &table.Conflict{Key: it.Key}
		}
		if err := load(tx, &it); err != nil || !told {
			return err
		}
		return announce(tx, at)
	})
	if err == nil && told {
		t.wake()
	}
	return err
}

// load puts one item, whatever is there.
func load(tx *bolt.Tx, it *table.Item) error {
	before := *it
	before.Version-- // a put counts on
	s := step{op: &table.Op{Kind: table.OpPut, Item: before}, at: path(it.Key), record: encode(&before)}
	s.old = parse(tx.Bucket(items).Get(s.at))
	s.old.keep()
	if err := reindex(tx, &s); err != nil {
		return err
	}
	return tx.Bucket(items).Put(s.at, s.record)
}

// Untold returns the keys of the feed's items that no handler has taken yet.
func (t *Table) Untold(ctx context.Context) (keys []table.Key, err error) {
	err = t.disk.View(func(tx *bolt.Tx) error {
		c := tx.Bucket(feed).Cursor()
		for n, at := behind(c, t.taken.Load()); n != nil; n, at = c.Next() {
			keys = append(keys, unpath(at))
		}
		return ctx.Err()
	})
	return keys, err
}
