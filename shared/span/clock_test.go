package span_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"motorpool/shared/span"
)

func TestAClockIsReadAndWritten(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]span.Clock{"00:00": 0, "08:30": 510, "23:59": 1439, "24:00": span.Midnight} {
		c, err := span.ParseClock(text)
		if err != nil || c != want || c.String() != text {
			t.Errorf("%s: got %d %s %v, want %d", text, c, c, err, want)
		}
	}
	for _, bad := range []string{"", "8:30", "08:60", "24:01", "25:00", "08.30", "0８:30", "08:30 ", "-1:30", "+8:30", "08:3O"} {
		if c, err := span.ParseClock(bad); err == nil {
			t.Errorf("%q is read as %s", bad, c)
		}
	}
}

func TestDaysAreReckoned(t *testing.T) {
	t.Parallel()
	leap := span.Date{Year: 2028, Month: 2, Day: 28}
	if got := leap.Plus(2); got != (span.Date{Year: 2028, Month: 3, Day: 1}) {
		t.Errorf("two days after %s: got %s", leap, got)
	}
	if got := (span.Date{Year: 2026, Month: 12, Day: 31}).Plus(1).Words(); got != "Friday 1 January 2027" {
		t.Errorf("got %s", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		d := span.Date{Year: rapid.IntRange(1900, 2200).Draw(t, "year"), Month: 1, Day: 1}.Plus(rapid.IntRange(0, 365).Draw(t, "day"))
		n := rapid.IntRange(-4000, 4000).Draw(t, "n")
		if e := d.Plus(n); d.Until(e) != n || e.Plus(-n) != d || (int(d.Weekday())+n%7+7)%7 != int(e.Weekday()) {
			t.Fatalf("%s plus %d is %s", d, n, e)
		}
	})
}

func TestAWallClockIsOneInstant(t *testing.T) {
	t.Parallel()
	sydney, err := time.LoadLocation("Australia/Sydney")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, day, clock, want string
	}{
		{"an ordinary day", "2026-03-02", "08:30", "2026-03-01T21:30:00Z"},
		{"a time that comes twice", "2026-04-05", "02:30", "2026-04-04T15:30:00Z"},
		{"a time that is left out", "2026-10-04", "02:30", "2026-10-03T16:30:00Z"},
		{"the end of the day", "2026-04-05", "24:00", "2026-04-05T14:00:00Z"},
	} {
		d, err := span.ParseDate(tt.day)
		if err != nil {
			t.Fatal(err)
		}
		c, err := span.ParseClock(tt.clock)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.At(c, sydney).UTC().Format(time.RFC3339); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}
