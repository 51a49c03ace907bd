// Package span is the product's calendar: days without a time of day, and what
// can be reckoned with them. Calendar arithmetic lives here and nowhere else;
// which time zone a day is meant in is left to whoever turns it into instants.
package span

import (
	"errors"
	"fmt"
	"time"
)

// Date is a day: 2026-03-01. The zero Date is no day at all; it reads and
// writes as the empty text, and JSON fields of it want omitzero.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

const layout = "2006-01-02"

var errDate = errors.New("a date is written as 2026-03-01")

// ParseDate reads a day that exists, written as 2026-03-01. The empty text is
// the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() == 0 {
		return Date{}, errDate
	}
	return DateOf(t), nil
}

// DateOf is the day that t falls on, in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// IsZero reports whether d is no day at all.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.start().Before(e.start()) }

func (d Date) start() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes d as 2026-03-01.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes, and no day that does not exist.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}
