package location

import (
	"slices"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/span"
)

// Day says whether a day may be chosen for a pickup.
type Day struct {
	Date span.Date
	Answer
	From, To time.Time // the first pickup of the day and the end of the last; zero unless OK
}

// maxDays is how many days one question may be about.
const maxDays = 366

// Days says of each day in a range whether a customer may choose it; ask.At does
// not matter. A day may be chosen if Pickup lets some instant of it through.
func (r PickupRule) Days(cal Calendar, zone *time.Location, afterHours bool, ask Ask, from, to span.Date) []Day {
	b := r.bounds(cal, zone, afterHours, ask)
	var all []Day
	for d := from; !to.Before(d); d = d.Plus(1) {
		all = append(all, b.choose(d))
	}
	return all
}

func (b bounds) choose(d span.Date) Day {
	day := Day{Date: d}
	if !d.At(span.Midnight, b.zone).After(b.ask.Now) {
		day.Answer = no("past", "That is in the past.")
		return day
	}
	if day.Answer = b.day(d); !day.OK {
		return day
	}
	open := b.cal.periods(d, b.zone)
	ends := open[len(open)-1].to
	if b.after && b.cal.OpenOn(d) {
		open = []period{{d.At(0, b.zone), d.At(span.Midnight, b.zone)}}
		ends = open[0].to
	}
	i := slices.IndexFunc(open, func(p period) bool { return b.from.Before(p.to) })
	switch {
	case i < 0 && b.from.After(b.ask.Now):
		day.Answer = b.notice()
		return day
	case i < 0:
		day.Answer = no("hours", "It is closed for the rest of the day.")
		return day
	}
	day.From, day.To = open[i].from, ends
	if day.From.Before(b.from) {
		day.From = b.from
	}
	if !b.lastHour.IsZero() && day.From.After(b.lastHour) {
		return Day{Date: d, Answer: b.tooFar()}
	}
	return day
}

// Pickup says whether a customer of a programme may pick up here.
func (l *Location) Pickup(program string, ask Ask) Answer {
	if why := l.offers(program); !why.OK {
		return why
	}
	return l.PickupRules.Of(program).Pickup(l.Calendar(), l.Zone(), l.afterHours(), ask)
}

// Days says on which days of a range a customer of a programme may pick up here.
// It returns fault.Invalid if the range is no range, or longer than 366 days.
func (l *Location) Days(program string, ask Ask, from, to span.Date) ([]Day, error) {
	if from.IsZero() {
		from = span.DateOf(ask.Now.In(l.Zone()))
	}
	if to.IsZero() {
		to = from.Plus(30)
	}
	switch n := from.Until(to); {
	case n < 0:
		return nil, fault.New(fault.Invalid, "location.days", "The last day is before the first.").At("to")
	case n >= maxDays:
		return nil, fault.New(fault.Invalid, "location.days", "Ask for at most %d days.", maxDays).At("to")
	}
	days := l.PickupRules.Of(program).Days(l.Calendar(), l.Zone(), l.afterHours(), ask, from, to)
	if why := l.offers(program); !why.OK {
		for i := range days {
			days[i] = Day{Date: days[i].Date, Answer: why}
		}
	}
	return days, nil
}

func (l *Location) offers(program string) Answer {
	switch {
	case !l.Active():
		return no("inactive", "This location is not active.")
	case !*l.PickupAllowed:
		return no("no_pickup", "Vehicles are not picked up at this location.")
	case len(l.Programs) > 0 && !slices.Contains(l.Programs, program):
		return no("program", "There are no %ss at this location.", program)
	}
	return Answer{OK: true}
}

// afterHours reports whether pickups outside of the hours are possible.
func (l *Location) afterHours() bool { return !l.AfterHoursFee.IsZero() }
