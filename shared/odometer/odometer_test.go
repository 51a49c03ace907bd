package odometer

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"motorpool/shared/fault"
)

var now = time.Date(2026, 7, 20, 9, 0, 0, 0, time.UTC)

func read(hours, km int) *Reading {
	return &Reading{ID: "r", Value: int64(km), Unit: "km", Metres: int64(km) * 1000, ReadAt: now.Add(time.Duration(hours) * time.Hour)}
}

func replaced(hours, km int) *Reading {
	r := read(hours, km)
	r.Replaced = true
	return r
}

func TestWhatFitsBetweenItsNeighbours(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		prev, r, next *Reading
		confirmed     bool
		code          string
	}{
		"the first":                           {nil, read(0, 5), nil, false, "internal"},
		"the same again later":                {read(0, 5), read(1, 5), nil, false, "internal"},
		"lower than before":                   {read(0, 5), read(1, 4), nil, false, "odometer.lower"},
		"lower than before, confirmed":        {read(0, 5), read(1, 4), nil, true, "odometer.lower"},
		"lower, cluster replaced":             {read(0, 90000), replaced(1, 4), nil, false, "internal"},
		"higher than the next":                {read(0, 5), read(1, 9), read(2, 8), true, "odometer.higher"},
		"higher than another cluster's first": {read(0, 5), read(1, 9), replaced(2, 8), false, "internal"},
		"at the same second":                  {read(0, 5), read(0, 5), nil, false, "odometer.same_instant"},
		"2,000 km in a day":                   {read(0, 0), read(24, 2000), nil, false, "internal"},
		"2,001 km in a day":                   {read(0, 0), read(24, 2001), nil, false, "odometer.jump"},
		"2,001 km in a day, confirmed":        {read(0, 0), read(24, 2001), nil, true, "internal"},
		"2,000 km in an hour":                 {read(0, 0), read(1, 2000), nil, false, "internal"},
		"2,001 km in an hour":                 {read(0, 0), read(1, 2001), nil, false, "odometer.jump"},
		"20,000 km in ten days":               {read(0, 0), read(240, 20000), nil, false, "internal"},
		"a jump to the next":                  {read(0, 0), read(24, 0), read(48, 2001), false, "odometer.jump"},
		"a jump to another cluster":           {read(0, 90000), replaced(1, 4), nil, false, "internal"},
	} {
		if got := fault.CodeOf(orNothing(tt.r.fits(tt.prev, tt.next, tt.confirmed, time.UTC))); got != tt.code {
			t.Errorf("%s: got %s, want %s", name, got, tt.code)
		}
	}
}

// orNothing makes no error count as "internal", which no rule of ours answers.
func orNothing(err error) error { return err }

func TestMilesAreExactAndRoundedOnce(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		value  int64
		unit   string
		metres int64
	}{
		{1, "km", 1000}, {0, "mi", 0}, {1, "mi", 1609}, {1000, "mi", 1609344}, {12345, "mi", 19867352}, {MaxValue, "mi", 16093438391},
	} {
		if got := Metres(tt.value, tt.unit); got != tt.metres {
			t.Errorf("%d %s: got %d m, want %d", tt.value, tt.unit, got, tt.metres)
		}
	}
	for metres, want := range map[int64]int64{499: 0, 500: 1, 1499: 1, -499: 0, -500: -1} {
		if got := Shown(metres, "km"); got != want {
			t.Errorf("%d m are shown as %d km, want %d", metres, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		v, unit := rapid.Int64Range(0, MaxValue).Draw(t, "value"), rapid.SampledFrom([]string{"km", "mi"}).Draw(t, "unit")
		if got := Shown(Metres(v, unit), unit); got != v {
			t.Errorf("%d %s came back as %d", v, unit, got)
		}
	})
}

func trip(device string, startMinutes, minutes int, metres int64) Trip {
	start := now.Add(time.Duration(startMinutes) * time.Minute)
	return Trip{Device: device, Serial: device, Start: start, End: start.Add(time.Duration(minutes) * time.Minute), Metres: metres}
}

// TestTheWorkedExampleOfOverage is that of spec A 2.7: 100 km a week, 110 km
// driven, 10 km to pay; and a swap on the fifth day.
func TestTheWorkedExampleOfOverage(t *testing.T) {
	t.Parallel()
	var week []Trip
	for day := range 5 {
		week = append(week, trip("a", day*24*60, 60, 22_000))
	}
	uses := Uses(week, now, now.AddDate(0, 0, 7))
	if len(uses) != 1 || uses[0].Metres != 110_000 || !uses[0].Measured || Over(uses[0].Metres, 100_000) != 10_000 {
		t.Errorf("got %+v", uses)
	}
	if got, err := Share(100_000, 4, 3); err != nil || !slices.Equal(got, []int64{57_143, 42_857}) {
		t.Errorf("got %v, %v; want 100 km ÷ 7 × 3 for the three days that remain", got, err)
	}
	if Over(99_999, 100_000) != 0 {
		t.Error("what was not driven is charged")
	}
}

func TestOneReadingIsNoUse(t *testing.T) {
	t.Parallel()
	trips := []Trip{trip("old", 0, 30, 9000), trip("old", 60, 30, 1000), trip("new", 120, 30, 5000)}
	want := []Use{{"old", "old", 10_000, 2, true}, {"new", "new", 0, 1, false}}
	if got := Uses(trips, now, now.Add(time.Hour*24)); !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := Uses(trips, now.Add(15*time.Minute), now.Add(75*time.Minute)); len(got) != 1 || got[0].Metres != 5000 {
		t.Errorf("halves of two trips: got %+v, want 4,500 + 500 m", got)
	}
	if got := Uses(trips, now.Add(-time.Hour), now); len(got) != 0 {
		t.Errorf("before the first: got %+v", got)
	}
}

func TestBadSharesAreRefused(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{
		"no days":              second(Share(1000)),
		"nought days":          second(Share(1000, 0, 0)),
		"negative days":        second(Share(1000, 8, -1)),
		"more than ten years":  second(Share(1000, 3661)),
		"a negative allowance": second(Share(-1, 7)),
		"a huge allowance":     second(Share(1<<62, 7)),
	} {
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestPartsAddUpToTheWhole(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		days := rapid.SliceOfN(rapid.IntRange(1, 31), 1, 6).Draw(rt, "days")
		allowance := rapid.Int64Range(0, 1e9).Draw(rt, "allowance")
		shares, err := Share(allowance, days...)
		sum := int64(0)
		for _, s := range shares {
			sum += s
		}
		if err != nil || sum != allowance || slices.Min(shares) < 0 {
			rt.Errorf("%d m by %v: got %v, %v", allowance, days, shares, err)
		}
		one := trip("a", 0, rapid.IntRange(1, 1440).Draw(rt, "minutes"), rapid.Int64Range(0, 2e6).Draw(rt, "metres"))
		cuts := rapid.SliceOfN(rapid.IntRange(0, 90000), 1, 6).Draw(rt, "cuts")
		slices.Sort(cuts)
		sum, from := 0, now.Add(-time.Hour)
		for _, c := range append(cuts, 90001) {
			to := now.Add(time.Duration(c) * time.Second)
			sum, from = sum+one.within(from, to), to
		}
		if sum != one.Metres {
			rt.Errorf("the parts of %+v are %d", one, sum)
		}
	})
}
