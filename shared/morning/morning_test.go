package morning_test

import (
	"errors"
	"testing"
	"time"

	"motorpool/shared/morning"
	"motorpool/shared/table"
	"motorpool/shared/table/embed/embedtest"
)

func TestADayIsBegunOnceFromItsHourOn(t *testing.T) {
	sydney, err := time.LoadLocation("Australia/Sydney")
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, hour int) time.Time { return time.Date(2026, 10, day, hour, 30, 0, 0, sydney) }
	tab := embedtest.Open(t, func() time.Time { return at(1, 0) })
	key, full := table.Key{PK: "WS#w", SK: "DAY"}, errors.New("the queue is full")
	for i, step := range []struct {
		at     time.Time
		fails  error
		begins bool
	}{
		{at(3, 5), nil, false},   // too early
		{at(3, 6), full, true},   // it could not be ordered
		{at(3, 7), nil, true},    // so it is begun again
		{at(3, 8), nil, false},   // once is enough
		{at(4, 5), nil, false},   // the clocks go forward in this night
		{at(4, 23), nil, true},   // after an outage of a day
		{at(5, 0), nil, false},   // the next day has its own hour
		{at(3, 9), nil, false},   // a clock that went back
		{at(9, 6), nil, true},    // days that were missed are begun once
		{at(9, 12), full, false}, // nobody is asked
	} {
		begun := 0
		err := morning.Begin(t.Context(), tab, key, step.at, 6, func() error { begun++; return step.fails })
		want := step.fails
		if !step.begins {
			want = nil
		}
		if begun > 1 || (begun == 1) != step.begins || !errors.Is(err, want) || want == nil && err != nil {
			t.Errorf("step %d, %s: begun %d times, %v", i, step.at, begun, err)
		}
	}
}

func TestWhoComesSecondLeavesTheDayToWhoCameFirst(t *testing.T) {
	at := time.Date(2026, 10, 3, 7, 0, 0, 0, time.UTC)
	tab, key := embedtest.Open(t, func() time.Time { return at }), table.Key{PK: "WS#w", SK: "DAY"}
	nothing := func() error { return nil }
	meanwhile := func() error { return morning.Begin(t.Context(), tab, key, at, 6, nothing) }
	if err := morning.Begin(t.Context(), tab, key, at, 6, meanwhile); err != nil {
		t.Error(err)
	}
}
