package embed

import (
	"testing"

	"pgregory.net/rapid"
)

func TestWhatComesFirstLeavesFirst(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var f fifo[int]
		var want []int
		for i, push := range rapid.SliceOfN(rapid.Bool(), 0, 2000).Draw(t, "pushes") {
			switch {
			case push:
				f.push(i)
				want = append(want, i)
			case len(want) > 0:
				if got := f.pop(); got != want[0] {
					t.Fatalf("got %d, want %d", got, want[0])
				}
				want = want[1:]
			}
			if f.len() != len(want) {
				t.Fatalf("length %d, want %d", f.len(), len(want))
			}
		}
	})
}

// TestAShareIsNeverNoneAndNeverMoreThanAllowed for any room and any limits.
func TestAShareIsNeverNoneAndNeverMoreThanAllowed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		o := Options{PerGroup: rapid.IntRange(1, 1000).Draw(t, "per group"), Concurrency: rapid.IntRange(1, 10_000).Draw(t, "concurrency")}
		q := &Queue{o: o}
		free := rapid.IntRange(1, o.Concurrency).Draw(t, "free")
		if got := q.share(free); got < 1 || got > o.PerGroup {
			t.Fatalf("a share of %d, want 1 to %d", got, o.PerGroup)
		}
		if got := q.share(o.Concurrency); got != o.PerGroup {
			t.Fatalf("an idle queue's share is %d, want %d", got, o.PerGroup)
		}
	})
}
