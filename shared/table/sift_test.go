package table_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

func sieve(t *testing.T, n int) table.Table {
	t.Helper()
	tab := embedtest.Open(t, time.Now)
	var ops []table.Op
	for i := range n {
		ops = append(ops, table.Put(table.Item{
			Key: table.Key{PK: "P", SK: fmt.Sprintf("A#%04d", i)}, Index: table.Key{PK: "I", SK: fmt.Sprintf("%04d", i)}, Doc: fmt.Appendf(nil, "%d", i),
		}))
	}
	ops = append(ops, table.Put(table.Item{Key: table.Key{PK: "P", SK: "B#"}, Doc: []byte("-1")}))
	for batch := range slices.Chunk(ops, table.MaxOps) {
		if err := tab.Write(t.Context(), batch...); err != nil {
			t.Fatal(err)
		}
	}
	return tab
}

func number(it table.Item) (n int) {
	fmt.Sscan(string(it.Doc), &n)
	return n
}

// TestSiftLosesAndRepeatsNothing reads lists of all kinds page by page.
func TestSiftLosesAndRepeatsNothing(t *testing.T) {
	t.Parallel()
	tab := sieve(t, 250)
	rapid.Check(t, func(rt *rapid.T) {
		every, limit := rapid.IntRange(1, 260).Draw(rt, "every"), rapid.IntRange(0, 120).Draw(rt, "limit")
		q := table.Query{PK: "P", Prefix: "A#", Reverse: rapid.Bool().Draw(rt, "reverse"), Limit: limit}
		if rapid.Bool().Draw(rt, "index") {
			q.PK, q.Prefix, q.Index = "I", "", true
		}
		var got, want []int
		for i := range 250 {
			if i%every == 0 {
				want = append(want, i)
			}
		}
		if q.Reverse {
			slices.Reverse(want)
		}
		for {
			page, next, err := table.Sift(t.Context(), tab, q, func(it table.Item) (int, bool, error) {
				n := number(it)
				return n, n%every == 0, nil
			})
			if most := max(limit, 1); err != nil || len(page) > most && limit > 0 {
				rt.Fatalf("a page of %d, %v", len(page), err)
			}
			got = append(got, page...)
			if q.After = next; next == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			rt.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestSiftLooksAtAThousandAtMost(t *testing.T) {
	t.Parallel()
	tab, looked := sieve(t, 1500), 0
	take := func(it table.Item) (int, bool, error) {
		looked++
		return number(it), number(it) == 1400, nil
	}
	q := table.Query{PK: "P", Prefix: "A#", Limit: 5}
	first, next, err := table.Sift(t.Context(), tab, q, take)
	if err != nil || len(first) != 0 || next == "" || looked != 1000 {
		t.Fatalf("got %v, %q, %v after %d", first, next, err, looked)
	}
	q.After = next
	if rest, next, err := table.Sift(t.Context(), tab, q, take); err != nil || !slices.Equal(rest, []int{1400}) || next != "" || looked != 1500 {
		t.Errorf("got %v, %q, %v after %d", rest, next, err, looked)
	}
}

func TestSiftStops(t *testing.T) {
	t.Parallel()
	tab := sieve(t, 30)
	broken := errors.New("broken")
	for stop, want := range map[error]error{table.ErrStop: nil, broken: broken} {
		got, next, err := table.Sift(t.Context(), tab, table.Query{PK: "P"}, func(it table.Item) (int, bool, error) {
			if number(it) == 7 {
				return 0, true, stop
			}
			return 0, true, nil
		})
		if !errors.Is(err, want) || next != "" || err == nil && len(got) != 7 {
			t.Errorf("%v: got %d items, %q, %v", stop, len(got), next, err)
		}
	}
}

func TestSiftRefusesStrangeCursors(t *testing.T) {
	t.Parallel()
	tab := sieve(t, 30)
	take := func(table.Item) (int, bool, error) { return 0, true, nil }
	_, mine, err := table.Sift(t.Context(), tab, table.Query{PK: "P", Prefix: "A#", Limit: 3}, take)
	if err != nil || mine == "" {
		t.Fatal(err)
	}
	for name, q := range map[string]table.Query{
		"nonsense":            {PK: "P", After: "?"},
		"no separator":        {PK: "P", After: "UEE"},
		"of another list":     {PK: "I", Index: true, After: mine},
		"beyond the prefix":   {PK: "P", Prefix: "B#", After: mine},
		"outside of a range":  {PK: "P", From: "A#0009", After: mine},
		"outside of its time": {PK: "P", From: "A#", To: "A#0001", After: mine},
	} {
		if _, _, err := table.Sift(t.Context(), tab, q, take); fault.CodeOf(err) != "cursor.invalid" {
			t.Errorf("a cursor %s: got %v", name, err)
		}
	}
}

// TestSiftEndsAPageByItsBytes: an answer on AWS has 6 MB at the most, and 200
// events of 256 KiB would have fifty.
func TestSiftEndsAPageByItsBytes(t *testing.T) {
	t.Parallel()
	tab := sieve(t, 0)
	big := []byte(`"` + strings.Repeat("x", 250_000) + `"`)
	for i := range 21 {
		if err := tab.Write(t.Context(), table.Put(table.Item{Key: table.Key{PK: "BIG", SK: fmt.Sprintf("%02d", i)}, Doc: big})); err != nil {
			t.Fatal(err)
		}
	}
	q, seen := table.Query{PK: "BIG", Limit: 200}, 0
	for {
		page, next, err := table.Sift(t.Context(), tab, q, func(it table.Item) (string, bool, error) { return it.Key.SK, true, nil })
		if err != nil || len(page)*len(big) > table.MaxPageBytes+table.MaxItemBytes {
			t.Fatalf("a page of %d items with %d bytes each, %v", len(page), len(big), err)
		}
		for _, sk := range page {
			if sk != fmt.Sprintf("%02d", seen) {
				t.Fatalf("got %s, want %02d", sk, seen)
			}
			seen++
		}
		if q.After = next; next == "" {
			break
		}
	}
	if seen != 21 {
		t.Errorf("saw %d of 21", seen)
	}
}
