package span

import "time"

// Plus is the day n days after d, or before it if n is negative.
func (d Date) Plus(n int) Date { return DateOf(d.start().AddDate(0, 0, n)) }

// Until is how many days it is from d to e.
func (d Date) Until(e Date) int { return int(e.start().Sub(d.start()) / (24 * time.Hour)) }

// Weekday is the day of the week that d is.
func (d Date) Weekday() time.Weekday { return d.start().Weekday() }

// Words is d as people write it: Sunday 1 March 2026.
func (d Date) Words() string { return d.start().Format("Monday 2 January 2006") }

// At is the instant at which a clock in zone shows c on the day d. Where clocks
// are put forward over c, it is as long after the change as c is; where c comes
// twice, it is the first.
func (d Date) At(c Clock, zone *time.Location) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, 0, int(c), 0, 0, zone)
	for _, earlier := range []time.Duration{2 * time.Hour, time.Hour, 30 * time.Minute} {
		if same := t.Add(-earlier); sameWall(same, t) {
			return same
		}
	}
	return t
}

func sameWall(a, b time.Time) bool {
	return DateOf(a) == DateOf(b) && ClockOf(a) == ClockOf(b)
}
