package look

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Moment is an instant as a page shows it. The zero Moment shows a dash.
type Moment struct {
	At   string // RFC 3339, for the browser
	Text string
	Full string // with date, seconds and zone, shown when asked
	Live string // "ago" or "countdown": how the browser keeps Text true; empty: it does not
}

// When shows an instant in the workspace's time zone: "14:05" today, the date
// with it on other days.
func (c Clock) When(t time.Time) Moment {
	return c.moment(t, func(local time.Time) string {
		now := c.Now.In(c.zone())
		switch {
		case sameDay(local, now):
			return local.Format("15:04:05")
		case local.Year() == now.Year():
			return local.Format("2 Jan 15:04")
		default:
			return local.Format("2 Jan 2006 15:04")
		}
	}, "")
}

// Day shows the date of an instant in the workspace's time zone.
func (c Clock) Day(t time.Time) Moment {
	return c.moment(t, func(local time.Time) string { return local.Format(cmp.Or(c.Dates, "2 Jan 2006")) }, "")
}

// Exact shows an instant to the second, with its date and zone.
func (c Clock) Exact(t time.Time) Moment {
	return c.moment(t, func(local time.Time) string { return local.Format("2 Jan 2006 15:04:05 MST") }, "")
}

// Ago shows how long ago an instant was, or how far ahead it lies.
func (c Clock) Ago(t time.Time) Moment {
	return c.moment(t, func(time.Time) string {
		d := c.Now.Sub(t)
		switch {
		case d.Abs() < 5*time.Second:
			return "just now"
		case d < 0:
			return "in " + Span(-d, 1)
		}
		return Span(d, 1) + " ago"
	}, "ago")
}

// Countdown shows how long it is until an instant.
func (c Clock) Countdown(t time.Time) Moment {
	return c.moment(t, func(time.Time) string {
		if d := t.Sub(c.Now); d > 0 {
			return "in " + Span(d, 2)
		}
		return "any moment now"
	}, "countdown")
}

func (c Clock) moment(t time.Time, text func(local time.Time) string, live string) Moment {
	if t.IsZero() {
		return Moment{}
	}
	local := t.In(c.zone())
	return Moment{t.UTC().Format(time.RFC3339Nano), text(local), local.Format("Monday 2 January 2006, 15:04:05 MST"), live}
}

func (c Clock) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

func sameDay(a, b time.Time) bool { return a.Year() == b.Year() && a.YearDay() == b.YearDay() }

// Midnight is the start of today in the workspace's time zone.
func (c Clock) Midnight() time.Time {
	y, m, d := c.Now.In(c.zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, c.zone())
}

// Span says a duration in its largest units, at most parts of them: "2 h 35 min".
func Span(d time.Duration, parts int) string {
	var out []string
	left := d.Round(time.Second)
	for _, u := range []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}} {
		if left >= u.size && len(out) < parts {
			out = append(out, fmt.Sprintf("%d %s", left/u.size, u.name))
			left %= u.size
		}
	}
	if len(out) == 0 {
		return "0 s"
	}
	return strings.Join(out, " ")
}

// Took says how long an exchange lasted: "84 ms", "2.31 s".
func Took(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "< 1 ms"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%d.%02d s", d/time.Second, d%time.Second/(10*time.Millisecond))
}

// Bytes says a size: "612 B", "1.4 KiB".
func Bytes(n int) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%d.%d KiB", n>>10, n&(1<<10-1)*10>>10)
	}
	return fmt.Sprintf("%d.%d MiB", n>>20, n&(1<<20-1)*10>>20)
}

// Count says how many of something: "1 delivery", "1,204 deliveries".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Thousands(n) + " " + many
}

// Thousands writes a number with commas.
func Thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
