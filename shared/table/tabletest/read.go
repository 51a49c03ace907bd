package tabletest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

func testOrder(k *kit) {
	for _, sk := range []string{"b", "a#2", "a#10", "a", "A", "a#é", "a$", "a#😀", "a#\uFFFD", "a\x01", "a#"} {
		k.put(sk, 0)
	}
	for _, pk := range []string{"p2", "o", "p\x01", "P"} { // next to p, and not to be seen
		it := item("a#3", 0)
		it.Key.PK = pk
		k.write(table.Put(it))
	}
	for _, tt := range []struct {
		q    table.Query
		want string
	}{
		{table.Query{PK: "p"}, "A a a\x01 a# a#10 a#2 a#é a#\uFFFD a#😀 a$ b"},
		{table.Query{PK: "p", Reverse: true}, "b a$ a#😀 a#\uFFFD a#é a#2 a#10 a# a\x01 a A"},
		{table.Query{PK: "p", Prefix: "a#"}, "a# a#10 a#2 a#é a#\uFFFD a#😀"},
		{table.Query{PK: "p", Prefix: "a#", Reverse: true}, "a#😀 a#\uFFFD a#é a#2 a#10 a#"},
		{table.Query{PK: "p", Prefix: "a#1"}, "a#10"},
		{table.Query{PK: "p", Prefix: "c"}, ""},
		{table.Query{PK: "p", Prefix: "B", Reverse: true}, ""},
		{table.Query{PK: "nobody"}, ""},
		{table.Query{PK: "nobody", Reverse: true}, ""},
	} {
		if got := k.list(tt.q); got != tt.want {
			k.Errorf("%+v: got %q, want %q", tt.q, got, tt.want)
		}
	}
}

func testRanges(k *kit) {
	for _, sk := range []string{"a", "b", "b#1", "b#2", "c", "d"} {
		it := item(sk, 0)
		it.Index = table.Key{PK: "i", SK: sk}
		k.write(table.Put(it))
	}
	for _, tt := range []struct{ from, to, want string }{
		{"b", "c", "b b#1 b#2 c"},
		{"b", "b", "b"},
		{"b", "b#9", "b b#1 b#2"},
		{"aa", "bb", "b b#1 b#2"},
		{"b#", "", "b#1 b#2 c d"},
		{"", "b#1", "a b b#1"},
		{"e", "", ""},
		{"", "Z", ""},
		{"c", "b", ""},
	} {
		for _, pk := range []string{"p", "i"} {
			q := table.Query{PK: pk, Index: pk == "i", From: tt.from, To: tt.to}
			k.eventually(q, tt.want)
			back := strings.Fields(tt.want)
			slices.Reverse(back)
			q.Reverse = true
			for q.Limit = range 4 {
				k.eventually(q, strings.Join(back, " "))
			}
		}
	}
}

func testPages(k *kit) {
	want := k.numbered(23, json.RawMessage(`{}`), "i")
	k.eventually(table.Query{PK: "i", Index: true}, strings.Join(want, " "))
	for _, q := range []table.Query{
		{PK: "p", Prefix: "n#"},
		{PK: "p"},
		{PK: "p", From: "n#000"},
		{PK: "p", To: "n#999"},
		{PK: "p", From: "n#000", To: "n#022"},
		{PK: "i", Index: true, Prefix: "n#"},
		{PK: "i", Index: true, To: "n#022"},
	} {
		for q.Limit = 1; q.Limit <= 24; q.Limit++ {
			for _, q.Reverse = range []bool{false, true} {
				var got []string
				for _, it := range k.all(q) {
					got = append(got, it.Key.SK)
				}
				if q.Reverse {
					slices.Reverse(got)
				}
				if !slices.Equal(got, want) {
					k.Fatalf("%+v: got %v", q, got)
				}
			}
		}
	}
	first := k.page(table.Query{PK: "p", Limit: 10})
	rest := k.page(table.Query{PK: "p", Limit: 100, After: first.Next})
	if len(first.Items)+len(rest.Items) != len(want) {
		t := len(first.Items) + len(rest.Items)
		k.Errorf("with another limit on the second page: %d items, want %d", t, len(want))
	}
	if page := k.page(table.Query{PK: "p", Limit: table.MaxPage + 5}); len(page.Items) != len(want) {
		k.Errorf("beyond the largest limit: %d items", len(page.Items))
	}
}

// testMovingPages deletes the place where a page ended and one before it, and
// inserts around it. What stays must be read exactly once, whatever its
// neighbours do.
func testMovingPages(k *kit) {
	for _, reverse := range []bool{false, true} {
		stays := map[string]bool{}
		for i := range 40 {
			sk := fmt.Sprintf("%v#%02d", reverse, i)
			k.put(sk, 0)
			stays[sk] = true
		}
		q := table.Query{PK: "p", Prefix: fmt.Sprint(reverse), Limit: 7, Reverse: reverse}
		seen, last := map[string]int{}, ""
		for n := 0; ; n++ {
			page := k.page(q)
			for _, it := range page.Items {
				if last != "" && (it.Key.SK < last) != reverse {
					k.Errorf("%s comes after %s", it.Key.SK, last)
				}
				last = it.Key.SK
				seen[last]++
			}
			if q.After = page.Next; q.After == "" {
				break
			}
			for _, gone := range page.Items[len(page.Items)-2:] {
				k.write(table.Delete(gone.Key, 1))
				delete(stays, gone.Key.SK)
			}
			if n%2 == 1 { // else the next page begins with one that stays
				k.put(last, 0)
				k.put(last+"!", 0)
				k.put(fmt.Sprintf("%s.%d", last[:len(last)-1], n), 0)
			}
		}
		for sk, times := range seen {
			if times > 1 {
				k.Errorf("reverse %v: %s was read %d times", reverse, sk, times)
			}
		}
		for sk := range stays {
			if seen[sk] != 1 {
				k.Errorf("reverse %v: %s stays and was read %d times", reverse, sk, seen[sk])
			}
		}
	}
}

func testHeavyPages(k *kit) {
	want := k.numbered(12, json.RawMessage(`"`+strings.Repeat("x", 300_000)+`"`), "i")
	for _, q := range []table.Query{{PK: "p"}, {PK: "i", Index: true, Reverse: true}} {
		got := 0
		for {
			page := k.page(q)
			if got += len(page.Items); len(page.Items) > 4 {
				k.Errorf("%+v: %d items of 300 kB on one page", q, len(page.Items))
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		if got != len(want) && !q.Index {
			k.Errorf("%+v: got %d items, want %d", q, got, len(want))
		}
	}
}

// testCursors gives every query the cursor of every other, and garbage. None may
// be taken, and above all none may lead into another partition.
func testCursors(k *kit) {
	var ops []table.Op
	for _, pk := range []string{"p", "q"} {
		for i := range 6 {
			it := item(fmt.Sprintf("a#%d", i), 0)
			it.Key.PK, it.Index = pk, table.Key{PK: "i" + pk, SK: fmt.Sprintf("a#%d", i)}
			ops = append(ops, table.Put(it))
		}
	}
	k.write(ops...)
	k.eventually(table.Query{PK: "ip", Index: true}, "a#0 a#1 a#2 a#3 a#4 a#5")
	k.eventually(table.Query{PK: "iq", Index: true}, "a#0 a#1 a#2 a#3 a#4 a#5")
	queries := []table.Query{
		{PK: "p"},
		{PK: "q"},
		{PK: "p", Reverse: true},
		{PK: "p", Prefix: "a#"},
		{PK: "p", From: "a#0"},
		{PK: "p", To: "a#5"},
		{PK: "p", From: "a#0", To: "a#5"},
		{PK: "ip", Index: true},
		{PK: "iq", Index: true},
		{PK: "ip", Index: true, Reverse: true},
	}
	var cursors []string
	for _, q := range queries {
		q.Limit = 2
		cursors = append(cursors, k.page(q).Next)
	}
	for i, q := range queries {
		for j, c := range cursors {
			q.After = c
			_, err := k.Query(k.Context(), q)
			if i == j {
				k.must(err)
			} else if fault.KindOf(err) != fault.Invalid || fault.CodeOf(err) != "cursor.invalid" {
				k.Errorf("%+v with the cursor of %+v: got %v", q, queries[j], err)
			}
		}
		k.spoiled(q, cursors[i])
	}
}

// spoiled tries cursors that q's own becomes when it is cut, changed or made up.
func (k *kit) spoiled(q table.Query, cursor string) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	k.must(err)
	bad := []string{
		"x", "!!!", "AAAA", cursor + "=", cursor + "A", cursor[:len(cursor)/2], strings.Repeat("A", 5000), "ü",
		base64.RawURLEncoding.EncodeToString([]byte(`{"PK":"q","SK":"a#1"}`)),
	}
	for i := range raw {
		changed := slices.Clone(raw)
		changed[i] ^= 0x80 // leaves no text valid
		bad = append(bad, base64.RawURLEncoding.EncodeToString(changed))
	}
	for _, tail := range []string{"\x00", "\x00q\x00a#1", "\xff", strings.Repeat("z", 3000)} {
		bad = append(bad, base64.RawURLEncoding.EncodeToString(append(slices.Clone(raw), tail...)))
	}
	for _, c := range bad {
		q.After = c
		_, err := k.Query(k.Context(), q)
		k.wantKind(fmt.Sprintf("%+v", q), err, fault.Invalid)
	}
}
