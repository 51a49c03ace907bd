package tabletest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

func testLimits(k *kit) {
	sized := func(sk string, bytes int) table.Item {
		it := item(sk, 0)
		it.Doc = json.RawMessage(`"` + strings.Repeat("x", bytes-2) + `"`)
		return it
	}
	with := func(change func(*table.Item)) []table.Op {
		it := item("x", 0)
		change(&it)
		return []table.Op{table.Put(item("before", 0)), table.Put(it)}
	}
	var heavy, many []table.Op
	for i := range 11 {
		heavy = append(heavy, table.Put(sized(fmt.Sprint(i), 380_000)))
	}
	for i := range table.MaxOps + 1 {
		many = append(many, table.Put(item(fmt.Sprint(i), 0)))
	}
	for name, ops := range map[string][]table.Op{
		"no ops":              nil,
		"too many ops":        many,
		"too large":           {table.Put(sized("big", table.MaxItemBytes+1))},
		"too heavy":           heavy,
		"no partition key":    with(func(it *table.Item) { it.Key.PK = "" }),
		"no sort key":         with(func(it *table.Item) { it.Key.SK = "" }),
		"NUL in a key":        with(func(it *table.Item) { it.Key.SK = "a\x00b" }),
		"half a character":    with(func(it *table.Item) { it.Key.SK = "a\xc3" }),
		"long partition key":  with(func(it *table.Item) { it.Key.PK = strings.Repeat("x", table.MaxPKBytes+1) }),
		"long sort key":       with(func(it *table.Item) { it.Key.SK = strings.Repeat("x", table.MaxSKBytes+1) }),
		"half an index":       with(func(it *table.Item) { it.Index.PK = "i" }),
		"NUL in the index":    with(func(it *table.Item) { it.Index = table.Key{PK: "i", SK: "\x00"} }),
		"negative version":    with(func(it *table.Item) { it.Version = -1 }),
		"not UTF-8":           with(func(it *table.Item) { it.Doc = json.RawMessage("\"\xff\"") }),
		"a surrogate":         with(func(it *table.Item) { it.Doc = json.RawMessage("\"\xed\xa0\x80\"") }),
		"one key, twice":      {table.Put(item("a", 0)), table.Check(key("a"), 0)},
		"one key among many":  append(many[:50:50], table.Delete(key("7"), 0)),
		"an op of no kind":    {{Kind: 7, Item: item("a", 0)}},
		"a negative delete":   {table.Delete(key("a"), -1)},
		"a check of no thing": {table.Check(table.Key{}, 0)},
	} {
		k.wantKind(name, k.Write(k.Context(), ops...), fault.Invalid)
	}
	if got := k.list(table.Query{PK: "p"}); got != "" {
		k.Errorf("a refused write left %q behind", got)
	}
	most := item(strings.Repeat("é", table.MaxSKBytes/2), 0)
	most.Key.PK = strings.Repeat("p", table.MaxPKBytes)
	most.Index = table.Key{PK: strings.Repeat("i", table.MaxPKBytes), SK: strings.Repeat("s", table.MaxSKBytes)}
	most.Doc = sized("", table.MaxItemBytes).Doc
	k.write(table.Put(most))
	if got := k.get(most.Key); len(got.Doc) != table.MaxItemBytes || got.Index != most.Index {
		k.Errorf("the largest item came back with %d bytes", len(got.Doc))
	}
}

func testQueries(k *kit) {
	k.put("x", 0)
	long := strings.Repeat("x", table.MaxSKBytes+1)
	for name, q := range map[string]table.Query{
		"prefix and from": {PK: "p", Prefix: "a", From: "a"},
		"prefix and to":   {PK: "p", Prefix: "a", To: "b"},
		"NUL":             {PK: "p", Prefix: "a\x00"},
		"not UTF-8":       {PK: "p", From: "a\xff"},
		"long prefix":     {PK: "p", Prefix: long},
		"long from":       {PK: "p", From: long},
		"long to":         {PK: "p", To: long},
	} {
		_, err := k.Query(k.Context(), q)
		k.wantKind(name, err, fault.Invalid)
	}
	for name, q := range map[string]table.Query{
		"no partition":      {},
		"a long partition":  {PK: strings.Repeat("p", table.MaxPKBytes+1)},
		"NUL in partition":  {PK: "p\x00x"},
		"a range backwards": {PK: "p", From: "z", To: "a"},
	} {
		if page := k.page(q); len(page.Items) != 0 || page.Next != "" {
			k.Errorf("%s: got %d items", name, len(page.Items))
		}
	}
}

// testRider checks table.Riding, which must mean the same on every table.
func testRider(k *kit) {
	rider := item("rider", 0)
	riding := table.Riding{Table: k.Table}
	ctx, done := table.Along(k.Context(), table.Put(rider))
	k.put("taken", 0)
	k.wantConflict("a write that fails", riding.Write(ctx, table.Put(item("taken", 0))), 0, key("taken"))
	if done() || k.list(table.Query{PK: "p"}) != "taken" {
		k.Error("a write that failed has taken its rider along")
	}
	k.must(riding.Write(ctx, table.Put(item("a", 0))))
	if got := k.list(table.Query{PK: "p"}); !done() || got != "a rider taken" {
		k.Errorf("the first write left %q, done %v", got, done())
	}
	k.must(riding.Write(ctx, table.Put(item("b", 0))))
	if got := k.get(rider.Key).Version; got != 1 {
		k.Errorf("the second write took the rider along again: version %d", got)
	}
	ctx, done = table.Along(k.Context(), table.Put(rider))
	err := riding.Write(ctx, table.Put(item("c", 0)), table.Put(item("d", 0)))
	k.wantConflict("a rider that fails", err, 2, rider.Key)
	if got := k.list(table.Query{PK: "p"}); done() || got != "a b rider taken" {
		k.Errorf("a rider that fails left %q, done %v", got, done())
	}
	k.must(riding.Write(k.Context(), table.Put(item("alone", 0))))
}

// testSift checks table.Sift with every filter that keeps one item of so many,
// where half of the items share their place in the index.
func testSift(k *kit) {
	var ops []table.Op
	for i := range 60 {
		it := item(fmt.Sprintf("%03d", i), 0)
		it.Index = table.Key{PK: "i", SK: fmt.Sprintf("%03d", i/2)}
		ops = append(ops, table.Put(it))
	}
	k.write(ops...)
	k.sortedEventually(table.Query{PK: "i", Index: true}, strings.Fields(k.list(table.Query{PK: "p"})))
	for every := 1; every <= 61; every += 6 {
		for _, q := range []table.Query{{PK: "p"}, {PK: "p", Reverse: true, Prefix: "0"}, {PK: "i", Index: true}} {
			for q.Limit = 1; q.Limit < 9; q.Limit += 3 {
				k.sift(q, every)
			}
		}
	}
}

func (k *kit) sift(q table.Query, every int) {
	seen, last := map[string]bool{}, ""
	for more := true; more; more = q.After != "" {
		kept, next, err := table.Sift(k.Context(), k.Table, q, func(it table.Item) (string, bool, error) {
			n, err := strconv.Atoi(it.Key.SK)
			return it.Key.SK, n%every == 0, err
		})
		k.must(err)
		if len(kept) > q.Limit || next == q.After && next != "" {
			k.Fatalf("%+v, every %d: %d items, cursor %q", q, every, len(kept), next)
		}
		for _, sk := range kept {
			if seen[sk] || !q.Index && last != "" && (sk < last) != q.Reverse {
				k.Errorf("%+v, every %d: %s comes after %s", q, every, sk, last)
			}
			seen[sk], last = true, sk
		}
		q.After = next
	}
	if want := (59 / every) + 1; len(seen) != want {
		k.Errorf("%+v, every %d: got %d items, want %d", q, every, len(seen), want)
	}
}
