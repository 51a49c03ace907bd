package location

import (
	"fmt"
	"time"

	"motorpool/shared/span"
)

// Programs are what customers can take a vehicle on.
var Programs = []string{"rental", "subscription"}

// PickupRules are the rules of each programme.
type PickupRules struct {
	Rental       PickupRule `json:"rental,omitzero"`
	Subscription PickupRule `json:"subscription,omitzero"`
}

// Of returns the rule of a programme.
func (r PickupRules) Of(program string) PickupRule {
	if program == "subscription" {
		return r.Subscription
	}
	return r.Rental
}

// PickupRule says when a customer may pick up. What is empty does not bind.
type PickupRule struct {
	LeadTimeDays int         `json:"lead_time_days,omitempty" doc:"How many business days there are before the pickup, at most 60. A business day is one on which the location is open; today is one too, if it is not yet past the cut-off" example:"3"`
	CutOff       *span.Clock `json:"cut_off,omitempty" pattern:"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" patternDescription:"HH:MM" doc:"HH:MM at the location: from then on today is not counted. Without it, today is always counted" example:"15:00"`
	MinNotice    Length      `json:"min_notice,omitzero" doc:"How long the vehicle stays free after the booking before, as time goes by: a day is 24 hours"`
	MaxAdvance   Length      `json:"max_advance,omitzero" doc:"How far ahead a pickup may be. Days and weeks are those of the calendar, and the last day counts whole"`
}

// Length is a stretch of time.
type Length struct {
	Count int    `json:"count" example:"4"`
	Unit  string `json:"unit" enum:"hours,days,weeks" example:"weeks"`
}

// Units are what a Length counts.
var Units = []string{"hours", "days", "weeks"}

// days is l in whole days, or false if it counts hours.
func (l Length) days() (int, bool) {
	switch l.Unit {
	case "weeks":
		return 7 * l.Count, true
	case "days":
		return l.Count, true
	}
	return 0, false
}

// elapsed is l as time goes by, whatever clocks are put to meanwhile.
func (l Length) elapsed() time.Duration {
	if days, whole := l.days(); whole {
		return time.Duration(days) * 24 * time.Hour
	}
	return time.Duration(l.Count) * time.Hour
}

func (l Length) String() string {
	if l.Count == 1 && l.Unit != "" {
		return "1 " + l.Unit[:len(l.Unit)-1]
	}
	return fmt.Sprintf("%d %s", l.Count, l.Unit)
}

// Ask is the wish to pick a vehicle up.
type Ask struct {
	Now        time.Time // when it is asked
	At         time.Time // when the pickup is to be
	Free       time.Time // when the booking before gives the vehicle back; zero: none does
	IgnoreLead bool      // staff may set the lead time aside; nothing else
}

// Answer says whether a pickup is possible, and otherwise why not.
type Answer struct {
	OK         bool
	Code       string // empty, or past, closed, lead_time, notice, too_far, hours, inactive, no_pickup, program
	Reason     string // the same in words
	AfterHours bool   // it is possible, for the after-hours fee
}

func no(code, format string, args ...any) Answer {
	return Answer{Code: code, Reason: fmt.Sprintf(format, args...)}
}

// horizon bounds how many days are looked at for enough that are open.
const horizon = 3 * 366

// Earliest is the first day on which r lets anybody pick up who asks at now: as
// many business days as the lead time have gone by, and it is one itself. It is
// false if there is no such day within three years.
func (r PickupRule) Earliest(cal Calendar, zone *time.Location, now time.Time) (span.Date, bool) {
	local := now.In(zone)
	counted, d := 0, span.DateOf(local)
	late := r.CutOff != nil && span.ClockOf(local) >= *r.CutOff
	for n := range horizon {
		if cal.OpenOn(d) {
			if counted >= r.LeadTimeDays {
				return d, true
			}
			if n > 0 || !late {
				counted++
			}
		}
		d = d.Plus(1)
	}
	return span.Date{}, false
}

// bounds is what r and an Ask come to, but for the instant asked for.
type bounds struct {
	ask   Ask
	rule  PickupRule
	cal   Calendar
	zone  *time.Location
	after bool // outside of the hours too

	first    span.Date // of the lead time; zero: none
	never    bool      // the lead time is never over
	from     time.Time // now, or when the notice is over
	last     span.Date // of the maximum advance, in days; zero: none
	lastHour time.Time // of the same in hours; zero: none
}

func (r PickupRule) bounds(cal Calendar, zone *time.Location, afterHours bool, ask Ask) bounds {
	b := bounds{ask: ask, rule: r, cal: cal, zone: zone, after: afterHours, from: ask.Now}
	if r.LeadTimeDays > 0 && !ask.IgnoreLead {
		first, some := r.Earliest(cal, zone, ask.Now)
		b.first, b.never = first, !some
	}
	if free := ask.Free.Add(r.MinNotice.elapsed()); !ask.Free.IsZero() && free.After(b.from) {
		b.from = free
	}
	if days, whole := r.MaxAdvance.days(); whole && days > 0 {
		b.last = span.DateOf(ask.Now.In(zone)).Plus(days)
	} else if r.MaxAdvance.Count > 0 {
		b.lastHour = ask.Now.Add(r.MaxAdvance.elapsed())
	}
	return b
}

// Pickup says whether a customer may pick up at ask.At under r, where the
// location is open as cal says, and also outside of its hours if afterHours.
func (r PickupRule) Pickup(cal Calendar, zone *time.Location, afterHours bool, ask Ask) Answer {
	b := r.bounds(cal, zone, afterHours, ask)
	d := span.DateOf(ask.At.In(zone))
	if ask.At.Before(ask.Now) {
		return no("past", "That is in the past.")
	}
	if why := b.day(d); !why.OK {
		return why
	}
	switch {
	case ask.At.Before(b.from):
		return b.notice()
	case !b.lastHour.IsZero() && ask.At.After(b.lastHour):
		return b.tooFar()
	case cal.Open(ask.At, zone):
		return Answer{OK: true}
	case afterHours && cal.OpenOn(d):
		return Answer{OK: true, AfterHours: true}
	}
	return no("hours", "It is closed at that time. Choose a time within its hours.")
}

// day says whether d may be chosen at all, whatever the time.
func (b bounds) day(d span.Date) Answer {
	if closure, closed := b.cal.closed(d); closed {
		if closure.Label != "" {
			return no("closed", "Closed: %s.", closure.Label)
		}
		return no("closed", "Closed on this day.")
	}
	switch {
	case len(b.cal.periods(d, b.zone)) == 0:
		return no("closed", "Closed on %ss.", d.Weekday())
	case b.never:
		return no("lead_time", "Pickups need %s, and there are not so many in the next three years.", businessDays(b.rule.LeadTimeDays))
	case d.Before(b.first):
		return no("lead_time", "Pickups need %s before. The first day is %s.", businessDays(b.rule.LeadTimeDays), b.first.Words())
	case !b.last.IsZero() && b.last.Before(d):
		return b.tooFar()
	}
	return Answer{OK: true}
}

func (b bounds) notice() Answer {
	if b.rule.MinNotice.Count == 0 {
		return no("notice", "The vehicle is on a booking until %s.", b.words(b.ask.Free))
	}
	return no("notice", "The vehicle comes back at %s and needs %s after that. It is free from %s.",
		b.words(b.ask.Free), b.rule.MinNotice, b.words(b.from))
}

func (b bounds) tooFar() Answer {
	return no("too_far", "Pickups are taken at most %s ahead.", b.rule.MaxAdvance)
}

func (b bounds) words(t time.Time) string {
	return t.In(b.zone).Format("15:04 on Monday 2 January 2006")
}

func businessDays(n int) string {
	if n == 1 {
		return "1 business day"
	}
	return fmt.Sprintf("%d business days", n)
}
