// Package embed keeps the table in the machine's file. It accepts what DynamoDB
// accepts and refuses what DynamoDB refuses. Reads through its index lag behind
// nothing.
//
// It also keeps the feed: items that match are remembered, in the transaction
// that stores them, until Follow's handler has taken them. That is what a
// DynamoDB stream does on AWS.
//
// Expired items read as absent at once; the room they take is freed by Sweep,
// which somebody has to call now and then.
package embed

import (
	"bytes"
	"context"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"motorpool/shared/disk"
	"motorpool/shared/table"
)

var (
	items  = []byte("table.items")  // PK 0 SK            -> record
	index  = []byte("table.index")  // PK 0 SK 0 PK 0 SK  -> empty; Item.Index, then Item.Key
	expiry = []byte("table.expiry") // second (8) PK 0 SK -> empty
	feed   = []byte("table.feed")   // number (8)         -> PK 0 SK
)

// Table is a table.Table in a file.
type Table struct {
	disk  *disk.Disk
	now   func() time.Time
	feeds func(table.Key) bool
	news  chan struct{}
	taken atomic.Uint64 // the last number of the feed that the follower's handler has taken
}

var _ table.Table = (*Table)(nil)

// Open makes the table in d. Items newly stored at a key that feeds accepts go
// to the feed; nil means none.
func Open(d *disk.Disk, now func() time.Time, feeds func(table.Key) bool) (*Table, error) {
	if feeds == nil {
		feeds = func(table.Key) bool { return false }
	}
	t := &Table{disk: d, now: now, feeds: feeds, news: make(chan struct{}, 1)}
	return t, d.Make(items, index, expiry, feed)
}

// Get returns the item at k.
func (t *Table) Get(ctx context.Context, k table.Key) (it table.Item, err error) {
	if err := ctx.Err(); err != nil {
		return it, err
	}
	if !k.Valid() {
		return it, table.NotFound(k)
	}
	now := t.now().Unix()
	err = t.disk.View(func(tx *bolt.Tx) error {
		r := parse(tx.Bucket(items).Get(path(k)))
		if !r.live(now) {
			return table.NotFound(k)
		}
		it = r.item(k)
		return nil
	})
	return it, err
}

// Query reads one page. It ends a page at the limit, at 1 MB and after 1,000
// items, expired ones included, so that no reading is long.
func (t *Table) Query(ctx context.Context, q table.Query) (page table.Page, err error) {
	if err := ctx.Err(); err != nil {
		return page, err
	}
	from, more, err := q.Resume()
	if err != nil || q.Empty() {
		return page, err
	}
	now := t.now().Unix()
	err = t.disk.View(func(tx *bolt.Tx) error {
		page = read(tx, q, newScan(tx, q, from, more), now)
		return nil
	})
	return page, err
}

func read(tx *bolt.Tx, q table.Query, s *scan, now int64) (page table.Page) {
	limit, size, looked := q.Size(), 0, 0
	records := tx.Bucket(items).Cursor()
	var last found
	for f, ok := s.first(); ok; f, ok = s.next() {
		if len(page.Items) == limit || size >= table.MaxPageBytes || looked == table.MaxPage {
			page.Next = q.Next(last.place())
			return page
		}
		last, looked = f, looked+1
		b := f.value
		if q.Index {
			var at []byte
			if at, b = records.Seek(f.at); !bytes.Equal(at, f.at) {
				b = nil
			}
		}
		if r := parse(b); r.live(now) {
			k := table.Key{PK: q.PK}
			if q.Index {
				k = unpath(f.at)
			} else {
				k.SK = string(f.sk)
			}
			page.Items = append(page.Items, r.item(k))
			size += len(f.at) + len(b)
		}
	}
	return page
}

// Write checks every condition before it changes anything, because it shares
// its transaction with other writers and must leave no trace when refused.
func (t *Table) Write(ctx context.Context, ops ...table.Op) error {
	if err := table.Validate(ops); err != nil {
		return err
	}
	w := t.newWrite(ops)
	if err := t.disk.Update(ctx, w.do); err != nil {
		return err
	}
	if w.told {
		t.wake()
	}
	return nil
}

func (t *Table) wake() {
	select {
	case t.news <- struct{}{}:
	default:
	}
}
