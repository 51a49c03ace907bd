package tabletest

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/table"
)

// A model is what a table is, without the difficulties: a map.
type model struct {
	items map[table.Key]table.Item
}

// live returns the item at k, or one of version zero.
func (m *model) live(k table.Key, now time.Time) table.Item {
	it := m.items[k]
	if !it.Expires.IsZero() && !it.Expires.After(now) {
		return table.Item{}
	}
	return it
}

// write returns the index of the first op that fails, or -1.
func (m *model) write(ops []table.Op, now time.Time) int {
	for i, op := range ops {
		if m.live(op.Item.Key, now).Version != op.Item.Version {
			return i
		}
	}
	for _, op := range ops {
		switch op.Kind {
		case table.OpPut:
			op.Item.Version++
			m.items[op.Item.Key] = op.Item
		case table.OpDelete:
			delete(m.items, op.Item.Key)
		}
	}
	return -1
}

// query lists all that q selects, regardless of its limit.
func (m *model) query(q table.Query, now time.Time) (all []table.Item) {
	by := func(it table.Item) table.Key {
		if q.Index {
			return it.Index
		}
		return it.Key
	}
	for k := range maps.Keys(m.items) {
		it := m.live(k, now)
		at := by(it)
		if it.Version > 0 && at.PK == q.PK && strings.HasPrefix(at.SK, q.Prefix) && at.SK >= q.From && (q.To == "" || at.SK <= q.To) {
			all = append(all, it)
		}
	}
	slices.SortFunc(all, func(a, b table.Item) int { return cmp.Compare(by(a).SK, by(b).SK) })
	if q.Reverse {
		slices.Reverse(all)
	}
	return all
}

var rounds atomic.Int64

// testModel does the same random things to the table and to the model, each
// round in partitions of its own.
func testModel(k *kit) {
	rapid.Check(k.T, func(rt *rapid.T) {
		g := &game{kit: k, model: model{items: map[table.Key]table.Item{}}, round: rounds.Add(1)}
		rt.Repeat(map[string]func(*rapid.T){
			"write": g.write,
			"query": g.query,
			"get":   g.get,
			"wait":  func(rt *rapid.T) { k.clock.advance(time.Duration(rapid.IntRange(1, 90).Draw(rt, "s")) * time.Second) },
		})
	})
}

type game struct {
	*kit

	model model
	round int64
}

var sortKeys = []string{"a", "a#", "a#1", "a#10", "a#2", "a#é", "a$", "b", "b#1", "\x01", "😀"}

func (g *game) partition(rt *rapid.T, kind string) string {
	return fmt.Sprintf("%s%d#%s", kind, g.round, rapid.SampledFrom([]string{"", "1", "2"}).Draw(rt, "pk"))
}

func (g *game) key(rt *rapid.T) table.Key {
	return table.Key{PK: g.partition(rt, "t"), SK: rapid.SampledFrom(sortKeys).Draw(rt, "sk")}
}

func (g *game) write(rt *rapid.T) {
	var ops []table.Op
	now := g.clock.now()
	for range rapid.SampledFrom([]int{1, 1, 2, 3, 5}).Draw(rt, "ops") {
		at := g.key(rt)
		if slices.ContainsFunc(ops, func(op table.Op) bool { return op.Item.Key == at }) {
			continue
		}
		version := g.model.live(at, now).Version
		if rapid.IntRange(0, 19).Draw(rt, "stale") == 0 {
			version = int64(rapid.IntRange(0, 4).Draw(rt, "version"))
		}
		ops = append(ops, g.op(rt, at, version))
	}
	want := g.model.write(ops, now)
	err := g.Write(g.kit.Context(), ops...)
	got := -1
	if c, is := errors.AsType[*table.Conflict](err); is {
		got = c.Op
	} else if err != nil {
		rt.Fatal(err)
	}
	if got != want {
		rt.Fatalf("%+v: failed at op %d, want %d", ops, got, want)
	}
}

func (g *game) op(rt *rapid.T, at table.Key, version int64) table.Op {
	switch rapid.IntRange(0, 9).Draw(rt, "kind") {
	case 0:
		return table.Check(at, version)
	case 1, 2:
		return table.Delete(at, version)
	}
	it := table.Item{Key: at, Version: version, Doc: json.RawMessage(rapid.SampledFrom([]string{`{}`, `{"a":1}`, `"é"`}).Draw(rt, "doc"))}
	if rapid.Bool().Draw(rt, "indexed") {
		it.Index = table.Key{PK: g.partition(rt, "i"), SK: rapid.SampledFrom(sortKeys).Draw(rt, "isk")}
	}
	if rapid.IntRange(0, 3).Draw(rt, "expires") == 0 {
		it.Expires = g.clock.now().Truncate(time.Second).Add(time.Duration(rapid.IntRange(0, 120).Draw(rt, "in")) * time.Second)
	}
	return table.Put(it)
}

func (g *game) get(rt *rapid.T) {
	at := g.key(rt)
	want := g.model.live(at, g.clock.now())
	got, _ := g.Get(g.kit.Context(), at)
	if !same(got, want) {
		rt.Fatalf("get %v: got %+v, want %+v", at, got, want)
	}
}

func (g *game) query(rt *rapid.T) {
	q := table.Query{Index: rapid.Bool().Draw(rt, "index"), Reverse: rapid.Bool().Draw(rt, "reverse"), Limit: rapid.IntRange(0, 5).Draw(rt, "limit")}
	if q.PK = g.partition(rt, "t"); q.Index {
		q.PK = g.partition(rt, "i")
	}
	edge := func(name string) string {
		return rapid.SampledFrom(append([]string{"", "aa", "c"}, sortKeys...)).Draw(rt, name)
	}
	switch rapid.IntRange(0, 2).Draw(rt, "shape") {
	case 0:
		q.Prefix = edge("prefix")
	case 1:
		q.From, q.To = edge("from"), edge("to")
	}
	var got []table.Item
	want := g.model.query(q, g.clock.now())
	for range 100 { // the index may lag
		if got = g.all(q); agree(q, got, want) {
			return
		}
		if !q.Index {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	rt.Fatalf("%+v:\n got %+v\nwant %+v", q, got, want)
}

// agree reports whether got is want, where items with equal index sort keys may
// come in any order.
func agree(q table.Query, got, want []table.Item) bool {
	if !q.Index {
		return slices.EqualFunc(got, want, same)
	}
	for i := range got {
		if len(got) != len(want) || got[i].Index.SK != want[i].Index.SK {
			return false
		}
		if !slices.ContainsFunc(got, func(it table.Item) bool { return same(it, want[i]) }) {
			return false
		}
	}
	return len(got) == len(want)
}

func same(a, b table.Item) bool {
	return a.Key == b.Key && a.Index == b.Index && a.Version == b.Version && string(a.Doc) == string(b.Doc) && a.Expires.Equal(b.Expires)
}
