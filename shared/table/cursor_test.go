package table

import (
	"encoding/base64"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
)

// anyQuery draws queries that differ in little, as those of one list do.
func anyQuery(t *rapid.T, name string) Query {
	text := rapid.SampledFrom([]string{"", "a", "a#", "b", "é"})
	q := Query{
		PK: rapid.SampledFrom([]string{"p", "q", "p#", "a"}).Draw(t, name+" pk"), Index: rapid.Bool().Draw(t, name+" index"),
		Reverse: rapid.Bool().Draw(t, name+" reverse"), Limit: rapid.IntRange(0, 3).Draw(t, name+" limit"),
	}
	if rapid.Bool().Draw(t, name+" prefixed") {
		q.Prefix = text.Draw(t, name+" prefix")
	} else {
		q.From, q.To = text.Draw(t, name+" from"), text.Draw(t, name+" to")
	}
	return q
}

func TestACursorGoesOnWithItsQueryAndNoOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q, other := anyQuery(t, "q"), anyQuery(t, "other")
		at := Place{SK: rapid.SampledFrom([]string{"a", "a#1", "b", "é"}).Draw(t, "sk")}
		if q.Index {
			at.Key = Key{"p", rapid.SampledFrom([]string{"x", "ü#\x01"}).Draw(t, "of")}
		}
		cursor := q.Next(at)
		q.Limit, other.Limit = other.Limit, q.Limit
		q.After, other.After = cursor, cursor
		got, more, err := q.Resume()
		if q.selects(at.SK) {
			if err != nil || !more || got != at {
				t.Fatalf("%+v: got %+v, %v, %v; want %+v", q, got, more, err, at)
			}
		} else if fault.CodeOf(err) != "cursor.invalid" {
			t.Fatalf("%+v behind %q: %v", q, at.SK, err)
		}
		if other.Limit = q.Limit; other == q {
			return
		}
		if _, _, err := other.Resume(); fault.KindOf(err) != fault.Invalid {
			t.Fatalf("%+v went on with the cursor of %+v", other, q)
		}
	})
}

func TestACursorDoesNotHoldItsPartition(t *testing.T) {
	t.Parallel()
	q := Query{PK: "WS#secret#AST"}
	b, err := base64.RawURLEncoding.DecodeString(q.Next(Place{SK: "x"}))
	if err != nil || strings.Contains(string(b), "secret") {
		t.Errorf("the cursor holds %q, %v", b, err)
	}
}

func FuzzResume(f *testing.F) {
	for _, q := range []Query{{PK: "p"}, {PK: "i", Index: true, Reverse: true}, {PK: "p", Prefix: "a"}} {
		f.Add(q.PK, q.Prefix, q.Index, q.Next(Place{SK: "a#1", Key: Key{"p", "x"}}))
	}
	f.Add("", "", true, "AAAA")
	f.Fuzz(func(t *testing.T, pk, prefix string, index bool, after string) {
		q := Query{PK: pk, Prefix: prefix, Index: index, After: after}
		at, more, err := q.Resume()
		switch {
		case err != nil && fault.KindOf(err) != fault.Invalid:
			t.Fatalf("not the caller's fault: %v", err)
		case err == nil && more && (!q.selects(at.SK) || q.Next(at) != after):
			t.Fatalf("%q was taken for %+v, which is %q", after, at, q.Next(at))
		}
	})
}
