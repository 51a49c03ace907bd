package tabletest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Movable is a table with both its doors.
type Movable interface {
	table.Table
	table.Mover
}

// RunMover tests the second door of the tables that open returns.
func RunMover(t *testing.T, open func(t *testing.T, now func() time.Time) Movable) {
	for _, tt := range []struct {
		name string
		test func(*kit, Movable)
	}{
		{"scans what has a prefix, and nothing else", testScan},
		{"scans in pages of any size, and goes on in another process", testScanPages},
		{"refuses where no scan ended", testScanCursor},
		{"loads items as they are, over what is there", testLoad},
		{"loads any items, and scans the same", testAnyItems},
		{"places an item where nothing is", testPlace},
		{"refuses to load what no table holds", testLoadLimits},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := &kit{T: t, clock: &clock{at: start}}
			m := open(t, k.clock.now)
			k.Table = m
			tt.test(k, m)
		})
	}
}

// scan reads all pages and returns what they hold, by key.
func (k *kit) scan(m table.Mover, limit int, prefixes ...string) map[table.Key]table.Item {
	k.Helper()
	found := map[table.Key]table.Item{}
	for s := (table.Scan{Prefixes: prefixes, Limit: limit}); ; {
		page, err := m.Scan(k.Context(), s)
		k.must(err)
		if limit > 0 && len(page.Items) > limit {
			k.Errorf("a page of %d items, want at most %d", len(page.Items), limit)
		}
		for _, it := range page.Items {
			if _, twice := found[it.Key]; twice {
				k.Errorf("%v came twice", it.Key)
			}
			found[it.Key] = it
		}
		if s.After = page.Next; s.After == "" {
			return found
		}
	}
}

func among(n int, pks ...string) (items []table.Item) {
	for _, pk := range pks {
		for i := range n {
			items = append(items, table.Item{
				Key: table.Key{PK: pk, SK: fmt.Sprintf("s%02d", i)}, Version: int64(i + 1), Doc: json.RawMessage(fmt.Sprintf(`{"n":%d}`, i)),
			})
		}
	}
	return items
}

func testScan(k *kit, m Movable) {
	items := among(3, "DOOR#1", "E", "WS#a", "WS#a#X", "WS#b", "WS#b#X", "WS#c", "Z")
	k.must(m.Load(k.Context(), items...))
	mortal := table.Item{Key: table.Key{PK: "WS#b", SK: "mortal"}, Version: 1, Expires: start.Add(time.Hour), Doc: json.RawMessage(`1`)}
	k.must(m.Load(k.Context(), mortal))
	if n := len(k.scan(m, 0, "WS#b", "DOOR#")); n != 10 {
		k.Errorf("%d items have one of the prefixes, want 10", n)
	}
	k.clock.advance(time.Hour)
	found := k.scan(m, 0, "WS#b", "DOOR#")
	for key := range found {
		if !strings.HasPrefix(key.PK, "WS#b") && !strings.HasPrefix(key.PK, "DOOR#") || key.SK == "mortal" {
			k.Errorf("%v has no such prefix, or has expired", key)
		}
	}
	if len(found) != 9 {
		k.Errorf("%d items after one expired, want 9", len(found))
	}
	if n := len(k.scan(m, 0, "nothing")); n != 0 {
		k.Errorf("%d items where nothing is", n)
	}
}

func testScanPages(k *kit, m Movable) {
	k.must(m.Load(k.Context(), among(7, "DOOR#1", "WS#a", "WS#a#X", "WS#b", "WS#c")...))
	for limit := 1; limit <= 36; limit++ {
		if n := len(k.scan(m, limit, "WS#a", "DOOR#")); n != 21 {
			k.Errorf("pages of %d: %d items, want 21", limit, n)
		}
	}
}

func testScanCursor(k *kit, m Movable) {
	for _, after := range []string{"?", "====", "é"} {
		_, err := m.Scan(k.Context(), table.Scan{Prefixes: []string{"WS#"}, After: after})
		k.wantKind(after, err, fault.Invalid)
	}
}

func testLoad(k *kit, m Movable) {
	old := item("a", 0)
	old.Index = table.Key{PK: "old", SK: "1"}
	k.write(table.Put(old))
	it := item("a", 41)
	it.Index, it.Expires = table.Key{PK: "new", SK: "1"}, start.Add(48*time.Hour)
	it.Doc = json.RawMessage(` {"é": 9007199254740993, "\u2603": 1.0}`)
	for range 2 {
		k.must(m.Load(k.Context(), it, item("b", 7)))
	}
	if got := k.get(it.Key); !same(got, it) {
		k.Errorf("got %+v %s, want %+v", got, got.Doc, it)
	}
	k.eventually(table.Query{PK: "new", Index: true}, "a")
	k.eventually(table.Query{PK: "old", Index: true}, "")
	k.wantConflict("a put at the version before", k.Write(k.Context(), table.Put(item("a", 40))), 0, it.Key)
	k.put("a", 41)
	if v := k.get(it.Key).Version; v != 42 {
		k.Errorf("after a put it has version %d, want 42", v)
	}
}

func testPlace(k *kit, m Movable) {
	it := item("a", 5)
	it.Index = table.Key{PK: "i", SK: "1"}
	it.Expires = start.Add(time.Hour)
	k.must(m.Place(k.Context(), it))
	if got := k.get(it.Key); !same(got, it) {
		k.Errorf("got %+v, want %+v", got, it)
	}
	k.eventually(table.Query{PK: "i", Index: true}, "a")
	err := m.Place(k.Context(), item("a", 5))
	if c, is := errors.AsType[*table.Conflict](err); !is || c.Key != it.Key {
		k.Errorf("placed twice: %v, want a conflict", err)
	}
	k.clock.advance(time.Hour)
	k.must(m.Place(k.Context(), item("a", 9)))
}

func testLoadLimits(k *kit, m Movable) {
	big := item("big", 1)
	big.Doc = json.RawMessage(`"` + strings.Repeat("x", table.MaxItemBytes) + `"`)
	for name, items := range map[string][]table.Item{
		"too many":   among(table.MaxLoad+1, "p"),
		"no version": {item("x", 0)},
		"twice":      {item("x", 1), item("x", 1)},
		"too large":  {item("x", 1), big},
		"no key":     {{Version: 1, Doc: json.RawMessage(`1`)}},
	} {
		k.wantKind(name, m.Load(k.Context(), items...), fault.Invalid)
	}
	k.wantKind("placed without a version", m.Place(k.Context(), item("x", 0)), fault.Invalid)
	if got := k.list(table.Query{PK: "p"}); got != "" {
		k.Errorf("what was refused is there: %s", got)
	}
	k.must(m.Load(k.Context()))
}

// testAnyItems loads random items, some of them over others.
func testAnyItems(k *kit, m Movable) {
	n := 0
	rapid.Check(k.T, func(rt *rapid.T) {
		n++
		prefix := fmt.Sprintf("run%d#", n)
		want := map[table.Key]table.Item{}
		for range rapid.IntRange(1, 3).Draw(rt, "loads") {
			items := rapid.SliceOfNDistinct(anItem(prefix), 0, 30, func(it table.Item) table.Key { return it.Key }).Draw(rt, "items")
			for _, it := range items {
				want[it.Key] = it
			}
			if err := m.Load(k.Context(), items...); err != nil {
				rt.Fatal(err)
			}
		}
		got := k.scan(m, rapid.IntRange(0, 40).Draw(rt, "limit"), prefix)
		for key, it := range want {
			if !same(got[key], it) {
				rt.Errorf("got %+v, want %+v", got[key], it)
			}
		}
		if len(got) != len(want) {
			rt.Errorf("%d items, want %d", len(got), len(want))
		}
	})
}

func anItem(prefix string) *rapid.Generator[table.Item] {
	text := rapid.StringOfN(rapid.SampledFrom([]rune("ab#é漢\"\\\u2028 ")), 1, 8, -1)
	return rapid.Custom(func(t *rapid.T) table.Item {
		it := table.Item{
			Key:     table.Key{PK: prefix + text.Draw(t, "pk"), SK: text.Draw(t, "sk")},
			Version: rapid.Int64Range(1, 1<<52).Draw(t, "version"),
		}
		it.Doc, _ = json.Marshal(slices.Repeat([]string{text.Draw(t, "doc")}, rapid.IntRange(0, 3).Draw(t, "n")))
		if rapid.Bool().Draw(t, "indexed") {
			it.Index = table.Key{PK: text.Draw(t, "ipk"), SK: text.Draw(t, "isk")}
		}
		if rapid.Bool().Draw(t, "mortal") {
			it.Expires = start.Add(time.Duration(rapid.IntRange(1, 1e6).Draw(t, "s")) * time.Second).UTC()
		}
		return it
	})
}
