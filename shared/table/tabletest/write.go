package tabletest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

func testBytes(k *kit) {
	for name, doc := range map[string]string{
		"white space":      " {\n\t\"a\" :  1 }\r\n ",
		"key order":        `{"b":1,"a":2,"b":3}`,
		"large numbers":    `{"cents":9007199254740993,"rate":1.10,"tiny":1e-400,"huge":123456789012345678901234567890}`,
		"unicode":          "{\"name\":\"Zoë ☃ 😀 \u2028 \uFFFD é\"}",
		"escapes":          `{"name":"\u2603 \u0000 \/ \n <&>"}`,
		"control bytes":    "{\"a\":\"\x00\x01\x7f\"}",
		"not an object":    `null`,
		"nothing":          ``,
		"not even JSON":    `{"half":`,
		"nearly too large": `"` + strings.Repeat("é", (table.MaxItemBytes-2)/2) + `"`,
	} {
		want := item("é#"+name, 0)
		want.Doc = json.RawMessage(doc)
		want.Index = table.Key{PK: "ï", SK: "☃"}
		k.write(table.Put(want))
		got := k.get(want.Key)
		if string(got.Doc) != doc || got.Version != 1 || got.Key != want.Key || got.Index != want.Index || !got.Expires.IsZero() {
			k.Errorf("%s: got %.80q at %+v, version %d, want %.80q", name, got.Doc, got.Key, got.Version, doc)
		}
		page := k.page(table.Query{PK: "p", Prefix: want.Key.SK})
		if len(page.Items) != 1 || string(page.Items[0].Doc) != doc {
			k.Errorf("%s: the query finds something else than the get", name)
		}
	}
}

func testAbsent(k *kit) {
	k.put("x", 0)
	for _, at := range []table.Key{
		key("y"),
		{PK: "q", SK: "x"},
		{PK: "p"},
		{SK: "x"},
		{},
		{PK: "p\x00x", SK: "x"},
		{PK: "p", SK: "x\x00"},
		{PK: "p", SK: "\xff"},
		{PK: strings.Repeat("p", 3000), SK: "x"},
		{PK: "p", SK: strings.Repeat("x", 3000)},
	} {
		_, err := k.Get(k.Context(), at)
		k.wantKind(fmt.Sprintf("get of %.20v", at), err, fault.NotFound)
	}
}

func testVersions(k *kit) {
	k.put("x", 0)
	k.put("x", 1)
	for _, stale := range []int64{0, 1, 3} {
		err := k.Write(k.Context(), table.Put(item("x", stale)))
		k.wantConflict(fmt.Sprintf("put at version %d of 2", stale), err, 0, key("x"))
	}
	if got := k.get(key("x")).Version; got != 2 {
		k.Errorf("got version %d, want 2", got)
	}
	k.wantConflict("delete at version 1 of 2", k.Write(k.Context(), table.Delete(key("x"), 1)), 0, key("x"))
	k.wantConflict("delete of what is not to be there", k.Write(k.Context(), table.Delete(key("x"), 0)), 0, key("x"))
	k.write(table.Check(key("x"), 2))
	k.write(table.Delete(key("x"), 2))
	k.write(table.Check(key("x"), 0))
	k.write(table.Delete(key("x"), 0)) // there is nothing, as it says
	k.put("x", 0)                      // a deleted item starts over
	if got := k.get(key("x")).Version; got != 1 {
		k.Errorf("after starting over: got version %d, want 1", got)
	}
}

// testAtomic puts the failing op first, in the middle and last, with every kind
// of op, because an adapter that checks as it goes is atomic only in some of them.
func testAtomic(k *kit) {
	gone := item("gone", 0)
	gone.Expires = start.Add(1e9)
	gone.Index = table.Key{PK: "i", SK: "gone"}
	k.write(table.Put(item("taken", 0)), table.Put(gone))
	k.clock.advance(2e9)
	bad := map[string]table.Op{
		"put over an existing item":   table.Put(item("taken", 0)),
		"put at a stale version":      table.Put(item("taken", 7)),
		"put of an absent item":       table.Put(item("absent", 1)),
		"put of an expired item":      table.Put(item("gone", 1)),
		"delete at a stale version":   table.Delete(key("taken"), 7),
		"delete of what is there":     table.Delete(key("taken"), 0),
		"delete of an absent item":    table.Delete(key("absent"), 1),
		"delete of an expired item":   table.Delete(key("gone"), 1),
		"check at a stale version":    table.Check(key("taken"), 7),
		"check that it is not there":  table.Check(key("taken"), 0),
		"check that absent is there":  table.Check(key("absent"), 1),
		"check that expired is there": table.Check(key("gone"), 1),
	}
	for name, op := range bad {
		for at := range 4 {
			good := []table.Op{table.Put(item("a", 0)), table.Delete(key("taken"), 1), table.Put(item("b", 0))}
			good[1].Item.Key.SK = "other"
			good[1].Item.Version = 0
			err := k.Write(k.Context(), slices.Insert(good, at, op)...)
			what := fmt.Sprintf("%s at %d", name, at)
			k.wantConflict(what, err, at, op.Item.Key)
			if got := k.list(table.Query{PK: "p"}); got != "taken" || k.get(key("taken")).Version != 1 {
				k.Errorf("%s: left %q behind", what, got)
			}
		}
	}
	two := k.Write(k.Context(), table.Put(item("a", 0)), table.Put(item("taken", 0)), table.Check(key("absent"), 4))
	k.wantConflict("two that fail", two, 1, key("taken"))
}

func testLargestWrite(k *kit) {
	var ops []table.Op
	for i := range table.MaxOps {
		it := item(fmt.Sprintf("%03d", i), 0)
		it.Doc = json.RawMessage(`"` + strings.Repeat("x", 39_000) + `"`)
		ops = append(ops, table.Put(it))
	}
	k.write(ops...)
	if got := len(k.all(table.Query{PK: "p", Limit: 1000})); got != table.MaxOps {
		k.Errorf("got %d items, want %d", got, table.MaxOps)
	}
	for i := range ops {
		ops[i] = table.Delete(ops[i].Item.Key, 1)
	}
	k.write(ops...)
	if got := k.list(table.Query{PK: "p"}); got != "" {
		k.Errorf("left %q behind", got)
	}
}

// testRace lets sixteen writers take each version at once.
func testRace(k *kit) {
	const versions = 6
	k.put("n", 0)
	var wins [versions + 1]atomic.Int32
	for v := int64(1); v <= versions; v++ {
		var wg sync.WaitGroup
		for w := range 16 {
			wg.Go(func() {
				it := item("n", v)
				ops := []table.Op{table.Put(it)}
				if w%2 == 1 { // half of them in a transaction
					ops = append(ops, table.Put(item(fmt.Sprintf("won#%d", v), 0)))
				}
				err := k.Write(k.Context(), ops...)
				if err == nil {
					wins[v].Add(1)
				} else if fault.KindOf(err) != fault.Conflict {
					k.Errorf("version %d: %v", v, err)
				}
			})
		}
		wg.Wait()
		if got := wins[v].Load(); got != 1 {
			k.Errorf("version %d was won %d times", v, got)
		}
	}
	if got := k.get(key("n")).Version; got != versions+1 {
		k.Errorf("ended at version %d, want %d", got, versions+1)
	}
}

// testTransfers moves amounts between four accounts from eight goroutines; the
// sum must stay, and be the same in the log that each transfer writes along.
func testTransfers(k *kit) {
	account := func(i int, balance int, version int64) table.Item {
		it := item(fmt.Sprintf("account#%d", i), version)
		it.Doc = json.RawMessage(strconv.Itoa(balance))
		return it
	}
	for i := range 4 {
		k.write(table.Put(account(i, 100, 0)))
	}
	var wg sync.WaitGroup
	var done atomic.Int32
	for w := range 8 {
		wg.Go(func() {
			for n := range 10 {
				from, to := (w+n)%4, (w+n+1+w%3)%4
				a, b := k.get(account(from, 0, 0).Key), k.get(account(to, 0, 0).Key)
				have, _ := strconv.Atoi(string(a.Doc))
				had, _ := strconv.Atoi(string(b.Doc))
				err := k.Write(k.Context(),
					table.Put(account(from, have-1, a.Version)), table.Put(account(to, had+1, b.Version)),
					table.Put(item(fmt.Sprintf("log#%d-%d", w, n), 0)))
				if err == nil {
					done.Add(1)
				} else if fault.KindOf(err) != fault.Conflict {
					k.Errorf("a transfer: %v", err)
				}
			}
		})
	}
	wg.Wait()
	sum, versions := 0, int64(0)
	for i := range 4 {
		it := k.get(account(i, 0, 0).Key)
		balance, _ := strconv.Atoi(string(it.Doc))
		sum, versions = sum+balance, versions+it.Version-1
	}
	log := len(k.all(table.Query{PK: "p", Prefix: "log#"}))
	if sum != 400 || log != int(done.Load()) || versions != 2*int64(log) {
		k.Errorf("after %d transfers: sum %d, %d log entries, %d changes", done.Load(), sum, log, versions)
	}
}

func testContext(k *kit) {
	k.put("x", 0)
	ctx, cancel := context.WithCancel(k.Context())
	cancel()
	_, getErr := k.Get(ctx, key("x"))
	_, queryErr := k.Query(ctx, table.Query{PK: "p"})
	for what, err := range map[string]error{
		"get": getErr, "query": queryErr,
		"write of one": k.Write(ctx, table.Put(item("y", 0))),
		"write of two": k.Write(ctx, table.Put(item("y", 0)), table.Put(item("z", 0))),
	} {
		if !errors.Is(err, context.Canceled) {
			k.Errorf("%s: got %v, want context.Canceled", what, err)
		}
	}
	if got := k.list(table.Query{PK: "p"}); got != "x" {
		k.Errorf("stored %q", got)
	}
}
