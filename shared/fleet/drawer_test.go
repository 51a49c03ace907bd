package fleet

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"motorpool/shared/table"
)

// counted counts the reads of a table.
type counted struct {
	table.Table
	reads *int
}

func (c counted) Get(ctx context.Context, k table.Key) (table.Item, error) {
	*c.reads++
	return c.Table.Get(ctx, k)
}

func (c counted) Query(ctx context.Context, q table.Query) (table.Page, error) {
	*c.reads++
	return c.Table.Query(ctx, q)
}

// parked is a fleet of n vehicles of which every third is open for booking, and
// what some of them are doing. It returns their ids, newest first.
func parked(t *testing.T, s *Service, n int) (ids []string) {
	t.Helper()
	c, err := s.CreateCategory(t.Context(), mia, CategoryDetails{Name: "Cars"}, now)
	if err != nil {
		t.Fatal(err)
	}
	d, doing := camry(), map[string]string{}
	d.Categories, d.PrimaryCategory = []string{c.ID}, c.ID
	for i := range n {
		a, err := s.Create(t.Context(), mia, d, now)
		if err == nil && i%3 == 0 {
			_, err = s.SwitchBooking(t.Context(), mia, a.ID, true, 0, now)
		}
		if err != nil {
			t.Fatal(err)
		}
		switch i % 10 {
		case 3:
			doing[a.ID] = string(InMaintenance)
		case 6:
			doing[a.ID] = string(Reserved)
		}
		ids = append(ids, a.ID)
	}
	s.Doing = func(string, time.Time) func(context.Context, string) (string, error) {
		return func(_ context.Context, id string) (string, error) { return doing[id], nil }
	}
	slices.Reverse(ids)
	return ids
}

// TestEachStatusIsListedWholeAndInOrder: the fleet is in two drawers, and yet
// one list, however it is paged.
func TestEachStatusIsListedWholeAndInOrder(t *testing.T) {
	t.Parallel()
	s := newService(t)
	ids := parked(t, s, 47)
	status := s.Statuses("w", now)
	for _, f := range []AssetFilter{{}, {Status: Available}, {Status: Unavailable}, {Status: Reserved}, {Status: InMaintenance}, {Status: OnBooking}, {Booking: new(true)}, {Booking: new(false)}} {
		f.At = now
		var want []string
		for _, id := range ids {
			a, err := s.load(t.Context(), "w", id)
			if err != nil {
				t.Fatal(err)
			}
			is, err := status(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			if (f.Status == "" || is == f.Status) && (f.Booking == nil || *f.Booking == a.BookingEnabled) {
				want = append(want, id)
			}
		}
		for _, limit := range []int{1, 2, 5, 16, 50} {
			var got []string
			for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
				batch, next, err := s.Assets(t.Context(), mia, f, cursor, limit)
				if err != nil || pages > 60 {
					t.Fatal(err, pages)
				}
				for _, a := range batch {
					got = append(got, a.ID)
				}
				cursor = next
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q, %d a page: got %d %v, want %d %v", f.Status, limit, len(got), got, len(want), want)
			}
		}
	}
}

// TestWhatNoneIsCostsAsManyReadsInEachFleet: a status that none has is answered
// by reads whose number does not depend on how many vehicles there are.
func TestWhatNoneIsCostsAsManyReadsInEachFleet(t *testing.T) {
	t.Parallel()
	reads := map[int]string{}
	for _, n := range []int{3, 300} {
		s := newService(t)
		for range n {
			if _, err := s.Create(t.Context(), mia, camry(), now); err != nil {
				t.Fatal(err)
			}
		}
		s.Held = func(string) table.Query { return table.Query{PK: "WS#w#CAL", Index: true, Reverse: true} }
		s.Doing = func(string, time.Time) func(context.Context, string) (string, error) {
			return func(context.Context, string) (string, error) { return "", nil }
		}
		for _, status := range []Status{Available, Reserved, OnBooking, OverdueReturn, InMaintenance, Archived} {
			count := 0
			one := *s
			one.Table = counted{s.Table, &count}
			got, next, err := one.Assets(t.Context(), mia, AssetFilter{Status: status, At: now}, "", 50)
			if err != nil || len(got) > 0 || next != "" {
				t.Fatal(status, got, next, err)
			}
			reads[n] += fmt.Sprint(status, " ", count, "; ")
		}
	}
	if reads[3] != reads[300] {
		t.Errorf("of 3: %s\nof 300: %s", reads[3], reads[300])
	}
}
