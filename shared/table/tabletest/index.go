package tabletest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

func testIndex(k *kit) {
	it := item("x", 0)
	it.Index = table.Key{PK: "open", SK: "2026-03-02"}
	k.write(table.Put(it))
	k.eventually(table.Query{PK: "open", Index: true}, "x")
	if got := k.page(table.Query{PK: "open", Index: true}).Items; len(got) != 1 || got[0].Key != it.Key || got[0].Index != it.Index || got[0].Version != 1 {
		k.Errorf("the index gives %+v", got)
	}
	if got := k.list(table.Query{PK: "open"}); got != "" {
		k.Errorf("the table shows %q in a partition of the index", got)
	}
	if got := k.page(table.Query{PK: "p", Index: true}).Items; len(got) != 0 {
		k.Errorf("the index shows %d items of a partition of the table", len(got))
	}

	it.Version, it.Index = 1, table.Key{PK: "closed", SK: "2026-03-02"}
	k.write(table.Put(it))
	k.eventually(table.Query{PK: "open", Index: true}, "")
	k.eventually(table.Query{PK: "closed", Index: true, Prefix: "2026-03"}, "x")

	it.Version, it.Index.SK = 2, "2026-04-01" // moves within its partition
	k.write(table.Put(it))
	k.eventually(table.Query{PK: "closed", Index: true, Prefix: "2026-03"}, "")
	k.eventually(table.Query{PK: "closed", Index: true}, "x")

	it.Version, it.Index = 3, table.Key{} // leaves the index, stays in the table
	k.write(table.Put(it))
	k.eventually(table.Query{PK: "closed", Index: true}, "")
	if got := k.get(it.Key); got.Index != (table.Key{}) {
		k.Errorf("out of the index, it still says %v", got.Index)
	}

	it.Version, it.Index = 4, table.Key{PK: "open", SK: "1"}
	k.write(table.Put(it))
	k.eventually(table.Query{PK: "open", Index: true}, "x")
	k.write(table.Delete(it.Key, 5))
	k.eventually(table.Query{PK: "open", Index: true}, "")
}

// testEqualIndexKeys pages through items that the index cannot order.
func testEqualIndexKeys(k *kit) {
	var want []string
	for i := range 11 {
		it := item(fmt.Sprintf("%02d", i), 0)
		it.Key.PK = fmt.Sprintf("p%d", i%3)
		it.Index = table.Key{PK: "i", SK: "same"}
		k.write(table.Put(it))
		want = append(want, it.Key.SK)
	}
	for _, reverse := range []bool{false, true} {
		for limit := 1; limit < 13; limit++ {
			q := table.Query{PK: "i", Index: true, Limit: limit, Reverse: reverse, Prefix: "same"}
			k.sortedEventually(q, want)
		}
	}
}

// sortedEventually is eventually for queries whose order is left open.
func (k *kit) sortedEventually(q table.Query, want []string) {
	k.Helper()
	var got []string
	for range 200 {
		got = strings.Fields(k.list(q))
		if slices.Sort(got); slices.Equal(got, want) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	k.Errorf("%+v: got %v, want %v", q, got, want)
}

func testExpiry(k *kit) {
	for i := range 30 { // so many that whole pages are empty
		it := item(fmt.Sprintf("x#%02d", i), 0)
		it.Index = table.Key{PK: "old", SK: it.Key.SK}
		it.Expires = start.Add(time.Hour)
		k.write(table.Put(it))
	}
	stays := item("y", 0)
	stays.Index = table.Key{PK: "old", SK: "y"}
	k.write(table.Put(stays))
	k.clock.advance(time.Hour)
	_, err := k.Get(k.Context(), key("x#07"))
	k.wantKind("get after expiry", err, fault.NotFound)
	for limit := range 4 {
		k.eventually(table.Query{PK: "p", Limit: limit}, "y")
		k.eventually(table.Query{PK: "p", Limit: limit, Reverse: true}, "y")
		k.eventually(table.Query{PK: "old", Limit: limit, Index: true}, "y")
	}
	k.write(table.Check(key("x#01"), 0))
	k.put("x#02", 0) // its place is free again, and not where it was in the index
	if got := k.get(key("x#02")); got.Version != 1 || !got.Expires.IsZero() || got.Index != (table.Key{}) {
		k.Errorf("what took an expired item's place is %+v", got)
	}
	k.eventually(table.Query{PK: "old", Index: true}, "y")
	k.write(table.Delete(key("x#03"), 0))
	k.wantConflict("its version is gone", k.Write(k.Context(), table.Put(item("x#04", 1))), 0, key("x#04"))
}

func testExpirySecond(k *kit) {
	it := item("x", 0)
	it.Expires = start.Add(10*time.Second + time.Nanosecond)
	k.write(table.Put(it))
	if got, want := k.get(it.Key).Expires, start.Add(11*time.Second); !got.Equal(want) {
		k.Errorf("expires at %v, want %v", got, want)
	}
	k.clock.advance(11*time.Second - time.Nanosecond)
	if got := k.list(table.Query{PK: "p"}); got != "x" {
		k.Error("a nanosecond early it is gone")
	}
	longer := k.get(it.Key)
	longer.Expires = start.Add(time.Minute)
	k.write(table.Put(longer)) // to the last it can be kept longer
	k.clock.advance(30 * time.Second)
	if got := k.get(it.Key); got.Version != 2 || !got.Expires.Equal(longer.Expires) {
		k.Errorf("kept longer, it is %+v", got)
	}
	longer.Version, longer.Expires = 2, time.Time{}
	k.write(table.Put(longer)) // … and for good
	k.clock.advance(1000 * time.Hour)
	k.write(table.Check(it.Key, 3))
	past := item("past", 0)
	past.Expires = start.Add(-time.Hour)
	k.write(table.Put(past))
	_, err := k.Get(k.Context(), past.Key)
	k.wantKind("get of what expired before it was written", err, fault.NotFound)
}
