package location

import (
	"slices"
	"time"

	"motorpool/shared/span"
)

// Opening is a time from which somebody is there, and one until which.
type Opening struct {
	Opens  span.Clock `json:"opens" pattern:"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" patternDescription:"HH:MM" doc:"HH:MM" example:"08:00"`
	Closes span.Clock `json:"closes" pattern:"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" patternDescription:"HH:MM" doc:"HH:MM, 24:00 at the latest. Earlier than it opens: on the next day. 00:00 to 24:00 is the whole day" example:"18:00"`
}

func (o Opening) overnight() bool { return o.Closes < o.Opens }

// Week is when a location is open, by the day on which an opening begins.
type Week struct {
	Monday    []Opening `json:"monday,omitempty" nullable:"false"`
	Tuesday   []Opening `json:"tuesday,omitempty" nullable:"false"`
	Wednesday []Opening `json:"wednesday,omitempty" nullable:"false"`
	Thursday  []Opening `json:"thursday,omitempty" nullable:"false"`
	Friday    []Opening `json:"friday,omitempty" nullable:"false"`
	Saturday  []Opening `json:"saturday,omitempty" nullable:"false"`
	Sunday    []Opening `json:"sunday,omitempty" nullable:"false"`
}

// On returns the openings of a day of the week.
func (w *Week) On(day time.Weekday) *[]Opening {
	return [...]*[]Opening{&w.Sunday, &w.Monday, &w.Tuesday, &w.Wednesday, &w.Thursday, &w.Friday, &w.Saturday}[day]
}

// IsZero reports whether no hours are given: then it is always open.
func (w Week) IsZero() bool {
	for day := range 7 {
		if len(*w.On(time.Weekday(day))) > 0 {
			return false
		}
	}
	return true
}

// Closure is one day, or several, on which a location is closed.
type Closure struct {
	From   span.Date `json:"from" format:"date" example:"2026-12-25"`
	To     span.Date `json:"to,omitzero" format:"date" doc:"The last day; the first one if you give none" example:"2026-12-26"`
	Yearly bool      `json:"yearly,omitempty" doc:"Every year, whatever the year of the dates"`
	Label  string    `json:"label,omitempty" doc:"Why, as customers read it" example:"Christmas"`
}

// covers reports whether d is one of the days of c. A closure of each year may
// go on into the next one; one that begins on 29 February begins on 1 March
// where there is no such day.
func (c Closure) covers(d span.Date) bool {
	last := c.To
	if last.IsZero() {
		last = c.From
	}
	if !c.Yearly {
		return !d.Before(c.From) && !last.Before(d)
	}
	for _, year := range []int{d.Year - 1, d.Year} {
		from, to := c.From, last
		from.Year, to.Year = year, year+last.Year-c.From.Year
		if from, to = from.Plus(0), to.Plus(0); !d.Before(from) && !to.Before(d) {
			return true
		}
	}
	return false
}

// Calendar is when a location is open: its hours but for its closures.
type Calendar struct {
	Hours    Week
	Closures []Closure
}

// Calendar returns when l is open.
func (l *Location) Calendar() Calendar { return Calendar{l.Hours, l.Closures} }

// closed returns the closure that covers d, if there is one.
func (c Calendar) closed(d span.Date) (Closure, bool) {
	i := slices.IndexFunc(c.Closures, func(cl Closure) bool { return cl.covers(d) })
	if i < 0 {
		return Closure{}, false
	}
	return c.Closures[i], true
}

// begins returns the openings that begin on d.
func (c Calendar) begins(d span.Date) []Opening {
	if _, closed := c.closed(d); closed {
		return nil
	}
	if c.Hours.IsZero() {
		return []Opening{{0, span.Midnight}}
	}
	return *c.Hours.On(d.Weekday())
}

// OpenOn reports whether d is a business day: an opening begins on it.
func (c Calendar) OpenOn(d span.Date) bool { return len(c.begins(d)) > 0 }

// period is from one instant to before another.
type period struct{ from, to time.Time }

func (p period) has(t time.Time) bool { return !t.Before(p.from) && t.Before(p.to) }

// periods returns when it is open on d, in order. A closed day is closed from
// midnight to midnight, and ends what began the day before.
func (c Calendar) periods(d span.Date, zone *time.Location) (all []period) {
	add := func(from, to span.Clock) {
		if p := (period{d.At(from, zone), d.At(to, zone)}); p.from.Before(p.to) {
			all = append(all, p)
		}
	}
	if _, closed := c.closed(d); closed {
		return nil
	}
	for _, o := range c.begins(d.Plus(-1)) {
		if o.overnight() {
			add(0, o.Closes)
		}
	}
	for _, o := range c.begins(d) {
		if o.overnight() {
			add(o.Opens, span.Midnight)
		} else {
			add(o.Opens, o.Closes)
		}
	}
	return all
}

// Open reports whether somebody is there at t.
func (c Calendar) Open(t time.Time, zone *time.Location) bool {
	return slices.ContainsFunc(c.periods(span.DateOf(t.In(zone)), zone), func(p period) bool { return p.has(t) })
}
