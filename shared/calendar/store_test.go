package calendar

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

func newService(t *testing.T) *Service {
	t.Helper()
	tab := embedtest.Open(t, func() time.Time { return noon })
	return &Service{Table: tab}
}

// write asks for an op and writes it, until nobody else was faster.
func (s *Service) write(ctx context.Context, ask func() (table.Op, error)) error {
	return table.Again(ctx, 50, func() error {
		op, err := ask()
		if err != nil {
			return err
		}
		return s.Table.Write(ctx, op)
	})
}

// TestWhateverACrewDoesNoAssetIsHeldTwice: several people at once, on one asset.
func TestWhateverACrewDoesNoAssetIsHeldTwice(t *testing.T) {
	t.Parallel()
	s, run := newService(t), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		w := fmt.Sprint("w", run)
		type deed struct{ from, length int }
		scripts := rapid.SliceOfN(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) deed {
			return deed{rapid.IntRange(1, 12).Draw(t, "from"), rapid.IntRange(0, 4).Draw(t, "length")}
		}), 1, 5), 2, 4).Draw(rt, "scripts")
		var all sync.WaitGroup
		var mu sync.Mutex
		held := map[string]bool{}
		for i, script := range scripts {
			all.Go(func() {
				for j, d := range script {
					h := hold(fmt.Sprint("h", i, "-", j), Booking, d.from, 99)
					if d.length > 0 {
						h.Until = h.From.AddDate(0, 0, d.length)
					}
					err := s.write(t.Context(), func() (table.Op, error) { return s.Hold(t.Context(), w, "a", h, day(0)) })
					mu.Lock()
					if _, taken := errors.AsType[*Taken](err); err != nil && !taken {
						rt.Errorf("an answer that nobody can act on: %v", err)
					}
					held[h.ID] = err == nil
					mu.Unlock()
				}
			})
		}
		all.Wait()
		c, err := s.Of(t.Context(), w, "a")
		if err != nil {
			rt.Fatal(err)
		}
		apart(rt, c)
		for id, ok := range held {
			if ok {
				c.Release(id, day(-1000))
			}
		}
		if len(c.Holds) != 0 {
			rt.Errorf("%v was refused and holds", c.Holds)
		}
	})
}

// counting counts reads.
type counting struct {
	table.Table
	reads int
}

func (c *counting) Get(ctx context.Context, k table.Key) (table.Item, error) {
	c.reads++
	return c.Table.Get(ctx, k)
}

func (c *counting) Query(ctx context.Context, q table.Query) (table.Page, error) {
	c.reads++
	return c.Table.Query(ctx, q)
}

// TestAListReadsCalendarsByTheHundred: each asset's own, in any order, and in
// the order of lists with few reads.
func TestAListReadsCalendarsByTheHundred(t *testing.T) {
	t.Parallel()
	s, ctx := newService(t), t.Context()
	for i := 0; i < 250; i += 2 { // every other asset is in the workshop
		err := s.write(ctx, func() (table.Op, error) {
			return s.Hold(ctx, "w", fmt.Sprintf("ast_%03d", i), hold("x", Maintenance, -1, 99), day(0))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, tt := range map[string]struct{ step, most int }{"newest first": {-1, 3}, "oldest first": {1, 251}} {
		seen := &counting{Table: s.Table}
		walk := (&Service{Table: seen}).Walk("w", day(0))
		for n := range 252 {
			i := n - 1
			if tt.step < 0 {
				i = 250 - n
			}
			if i < 0 {
				continue
			}
			got, err := walk(ctx, fmt.Sprintf("ast_%03d", i))
			if err != nil || (got == InMaintenance) != (i%2 == 0 && i < 250) {
				t.Fatalf("%s: asset %d is %q, %v", name, i, got, err)
			}
		}
		if seen.reads > tt.most {
			t.Errorf("%s: %d reads, want at most %d", name, seen.reads, tt.most)
		}
	}
	if got, err := s.Walk("w2", day(0))(ctx, "ast_000"); got != Free || err != nil {
		t.Errorf("in another workspace: %q, %v", got, err)
	}
}
