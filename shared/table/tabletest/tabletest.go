// Package tabletest is the definition of table.Table, in the form of a test.
// An adapter is done when Run passes against it.
//
// It leaves open what a table may choose: how soon the index follows a write,
// how many items a page has below its limit, and the order of items with equal
// index sort keys.
package tabletest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Opener returns an empty table that takes its time from now. It closes the
// table with t.Cleanup.
type Opener func(t *testing.T, now func() time.Time) table.Table

// Run tests the tables that open returns.
func Run(t *testing.T, open Opener) {
	for _, tt := range []struct {
		name string
		test func(*kit)
	}{
		{"reads what it wrote, byte for byte", testBytes},
		{"finds nothing where nothing can be", testAbsent},
		{"refuses stale versions", testVersions},
		{"writes all or nothing", testAtomic},
		{"writes all of a hundred ops", testLargestWrite},
		{"lets two writes of one thing win once", testRace},
		{"keeps crossing transactions whole", testTransfers},
		{"refuses what breaks the common limits", testLimits},
		{"does nothing for a context that has ended", testContext},
		{"orders a partition by bytes", testOrder},
		{"reads ranges, both ends included", testRanges},
		{"pages without loss or repeat", testPages},
		{"pages while others write", testMovingPages},
		{"ends a page at a megabyte", testHeavyPages},
		{"refuses cursors that are not its own", testCursors},
		{"refuses queries that cannot be meant", testQueries},
		{"moves items in the index", testIndex},
		{"pages through equal index keys", testEqualIndexKeys},
		{"hides expired items and frees their place", testExpiry},
		{"expires to the second, never early", testExpirySecond},
		{"takes a rider along, once", testRider},
		{"sifts a list without loss or repeat", testSift},
		{"agrees with a model", testModel},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := &kit{T: t, clock: &clock{at: start}}
			k.Table = open(t, k.clock.now)
			tt.test(k)
		})
	}
}

var start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// A clock stands still until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// A kit is one table under test, with its clock.
type kit struct {
	table.Table
	*testing.T
	clock *clock
}

func key(sk string) table.Key { return table.Key{PK: "p", SK: sk} }

func item(sk string, version int64) table.Item {
	return table.Item{Key: key(sk), Version: version, Doc: json.RawMessage(`{}`)}
}

func (k *kit) put(sk string, version int64) {
	k.Helper()
	k.write(table.Put(item(sk, version)))
}

func (k *kit) write(ops ...table.Op) {
	k.Helper()
	k.must(k.Write(k.Context(), ops...))
}

func (k *kit) get(at table.Key) table.Item {
	k.Helper()
	it, err := k.Get(k.Context(), at)
	k.must(err)
	return it
}

func (k *kit) must(err error) {
	k.Helper()
	if err != nil {
		k.Fatal(err)
	}
}

// wantKind checks the kind of a fault.
func (k *kit) wantKind(what string, err error, want fault.Kind) {
	k.Helper()
	if err == nil || fault.KindOf(err) != want {
		k.Errorf("%s: got %v, want a fault of kind %d", what, err, want)
	}
}

// wantConflict checks that err is the conflict of the op at index op.
func (k *kit) wantConflict(what string, err error, op int, at table.Key) {
	k.Helper()
	c, is := errors.AsType[*table.Conflict](err)
	if !is || c.Op != op || c.Key != at || fault.KindOf(err) != fault.Conflict {
		k.Errorf("%s: got %v, want a conflict of op %d at %v", what, err, op, at)
	}
}

// page reads one page and checks that it keeps to its limit.
func (k *kit) page(q table.Query) table.Page {
	k.Helper()
	page, err := k.Query(k.Context(), q)
	if err != nil {
		k.Fatalf("%+v: %v", q, err)
	}
	if len(page.Items) > q.Size() {
		k.Errorf("%+v: got %d items on one page", q, len(page.Items))
	}
	return page
}

// all reads all pages.
func (k *kit) all(q table.Query) (items []table.Item) {
	k.Helper()
	for range 10_000 {
		page := k.page(q)
		items = append(items, page.Items...)
		if q.After = page.Next; q.After == "" {
			return items
		}
	}
	k.Fatalf("%+v: the pages do not end", q)
	return nil
}

// list returns the sort keys of all that q selects, in its order.
func (k *kit) list(q table.Query) string {
	k.Helper()
	var sks []string
	for _, it := range k.all(q) {
		sks = append(sks, it.Key.SK)
	}
	return strings.Join(sks, " ")
}

// eventually gives the index ten seconds to catch up.
func (k *kit) eventually(q table.Query, want string) {
	k.Helper()
	var got string
	for range 200 {
		if got = k.list(q); got == want {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	k.Errorf("%+v: got %q, want %q", q, got, want)
}

// numbered writes n items n#000, n#001 … in a few transactions.
func (k *kit) numbered(n int, doc json.RawMessage, index string) (sks []string) {
	k.Helper()
	var ops []table.Op
	for i := range n {
		it := item(fmt.Sprintf("n#%03d", i), 0)
		it.Doc = doc
		if index != "" {
			it.Index = table.Key{PK: index, SK: it.Key.SK}
		}
		sks, ops = append(sks, it.Key.SK), append(ops, table.Put(it))
	}
	for some := range slices.Chunk(ops, 10) {
		k.write(some...)
	}
	return sks
}
