package ident_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/ident"
)

func TestIdentifiersAscendWhateverTheClockDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clock := time.UnixMilli(rapid.Int64Range(0, 1<<47).Draw(t, "start"))
		next := ident.Sortable(func() time.Time { return clock })
		var all []string
		for _, step := range rapid.SliceOfN(rapid.Int64Range(-50, 50), 1, 200).Draw(t, "steps") {
			clock = clock.Add(time.Duration(step) * time.Millisecond)
			all = append(all, next("evt"))
		}
		if !slices.IsSorted(all) || len(slices.Compact(all)) != len(all) {
			t.Fatalf("not ascending: %v", all)
		}
	})
}

func TestAnIdentifierTellsItsTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMilli(rapid.Int64Range(0, 1<<47).Draw(t, "at")).UTC()
		id := ident.Sortable(func() time.Time { return at })("evt")
		got, ok := ident.Time(id)
		if !ok || !got.Equal(at) {
			t.Fatalf("%s: got %s, %t; want %s", id, got, ok, at)
		}
		if !ident.Has("evt", id) || ident.Has("whe", id) {
			t.Fatalf("%s: is it an evt?", id)
		}
		if floor := ident.Floor(at); ident.Suffix(id) < floor || ident.Suffix(id) >= ident.Floor(at.Add(time.Millisecond)) {
			t.Fatalf("%s is not within the millisecond that begins at %s", id, floor)
		}
	})
}

func TestWhatIsNoIdentifierIsSeen(t *testing.T) {
	for _, id := range []string{"", "evt", "evt_", "evt_1", "evt_06fhhn330008rg05qj2e7ek3c", "evt_06fhhn330008rg05qj2e7ek3cmm", "evt_06fhhn330008rg05qj2e7ek3cU", "whe_06fhhn330008rg05qj2e7ek3cm"} {
		if ident.Has("evt", id) {
			t.Errorf("%q passes for an evt", id)
		}
	}
	if _, ok := ident.Time("evt_custom"); ok {
		t.Error("an identifier of somebody else's tells a time")
	}
}

func TestManyMakeIdentifiersAtOnce(t *testing.T) {
	next := ident.Sortable(func() time.Time { return time.UnixMilli(1) })
	var seen sync.Map
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for range 500 {
				if _, twice := seen.LoadOrStore(next("evt"), true); twice {
					t.Error("an identifier was made twice")
				}
			}
		})
	}
	wg.Wait()
}

func TestSecretsAreNotKept(t *testing.T) {
	a, b := ident.Secret(), ident.Secret()
	if a == b || len(a) != 26 || ident.Hash(a) == ident.Hash(b) || len(ident.Hash(a)) != 64 {
		t.Errorf("secrets %q and %q, hash %q", a, b, ident.Hash(a))
	}
}
