// Package calendar says which asset is held when, and by what: a booking or a
// maintenance window.
//
// All that holds one asset rests in one item with a version, so that two who
// hold it at one moment cannot both succeed. Intervals are half-open, an end
// that is not given is infinity, and two holds overlap only where somebody has
// agreed to it by name. A calendar reaches back some 400 days; what it has
// forgotten cannot be held anew, and is in the history of whoever held it.
//
// Why an asset is held, and what follows from it, is left to those who hold it:
// they ask for an op and put it into their own write.
package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"motorpool/shared/fault"
)

// Kind says what holds an asset.
type Kind string

// What holds assets.
const (
	Booking     Kind = "booking"
	Maintenance Kind = "maintenance"
)

// Hold is one interval in which an asset is not free.
type Hold struct {
	ID      string        `json:"id"` // of what holds the asset: one hold an id
	Kind    Kind          `json:"kind"`
	From    time.Time     `json:"from"`
	Until   time.Time     `json:"until,omitzero"`    // the first instant at which it is free; zero: never
	Notice  time.Duration `json:"notice,omitempty"`  // the gap that this booking needs after the one before it
	Running bool          `json:"running,omitempty"` // has begun: holds the asset until it is released, however late
	Over    []string      `json:"over,omitempty"`    // the holds that somebody agreed it may overlap
	Title   string        `json:"title,omitempty"`   // one line for people
}

// Covers reports whether h holds its asset at an instant, as of that instant.
func (h Hold) Covers(at time.Time) bool {
	return !at.Before(h.From) && (at.Before(h.Until) || h.Until.IsZero() || h.Running)
}

// Late reports whether h should have ended by then and has not.
func (h Hold) Late(at time.Time) bool { return h.Running && !h.Until.IsZero() && !at.Before(h.Until) }

// Meets reports whether h holds its asset at any instant from from to until; a
// zero until is infinity.
func (h Hold) Meets(from, until time.Time) bool {
	return before(h.From, until) && before(from, h.Until)
}

// before reports whether from is before an end, which may be infinity.
func before(from, end time.Time) bool { return end.IsZero() || from.Before(end) }

// collides reports whether a and b cannot both be, with the gap that a booking
// needs after the booking before it. As of at, what runs late has no end.
func collides(a, b Hold, at time.Time) bool {
	if a.Late(at) {
		a.Until = time.Time{}
	}
	if b.Late(at) {
		b.Until = time.Time{}
	}
	if b.From.Before(a.From) {
		a, b = b, a
	}
	if !a.Until.IsZero() && a.Kind == Booking && b.Kind == Booking {
		a.Until = a.Until.Add(b.Notice)
	}
	return a.Meets(b.From, b.Until)
}

// What a calendar keeps: everything that ended less than Reach ago and, where
// that is more than Most, only what ended less than Lately ago. With titles and
// agreements at their longest Most holds fit into an item with room to spare.
const (
	Reach  = 400 * 24 * time.Hour
	Lately = 62 * 24 * time.Hour
	Most   = 600

	maxTitle = 80
	maxOver  = 5
)

// Calendar is all that holds one asset, in order of time.
type Calendar struct {
	Asset string    `json:"asset"`
	Since time.Time `json:"since,omitzero"` // what ended before may be forgotten
	Holds []Hold    `json:"holds,omitempty"`

	version int64
}

// Hold holds the asset, or moves the hold with this id. It returns *Taken if
// something else has the asset then that h.Over does not name; names of what
// does not collide are dropped.
func (c *Calendar) Hold(h Hold, at time.Time) error {
	h.From, h.Until = h.From.UTC(), h.Until.UTC()
	if err := h.check(); err != nil {
		return err
	}
	if h.From.Before(c.Since) && !c.had(h) {
		return fault.New(fault.Invalid, "calendar.forgotten", "The calendar of this asset begins on %s; begin it then or later.", c.Since.Format(time.DateOnly)).At("starts_at")
	}
	var taken []Hold
	var over []string
	for _, other := range c.Holds {
		switch {
		case other.ID == h.ID || !collides(h, other, at):
		case slices.Contains(h.Over, other.ID) || slices.Contains(other.Over, h.ID):
			over = append(over, other.ID)
		default:
			taken = append(taken, other)
		}
	}
	if len(taken) > 0 {
		return &Taken{By: taken}
	}
	if h.Over = over; len(over) > maxOver {
		return fault.New(fault.Conflict, "calendar.crowded", "This would overlap %d others; %d are the most. Choose a shorter time.", len(over), maxOver)
	}
	c.drop(h.ID)
	c.Holds = append(c.Holds, h)
	slices.SortFunc(c.Holds, func(a, b Hold) int { return cmp.Or(a.From.Compare(b.From), strings.Compare(a.ID, b.ID)) })
	return c.forget(at)
}

func (h *Hold) check() error {
	if runes := []rune(h.Title); len(runes) > maxTitle {
		h.Title = string(runes[:maxTitle])
	}
	switch {
	case h.ID == "" || h.Kind != Booking && h.Kind != Maintenance:
		return fault.New(fault.Internal, "calendar.hold", "a hold of kind %q by %q", h.Kind, h.ID)
	case h.From.IsZero():
		return fault.New(fault.Invalid, "calendar.starts_at", "Say when it begins.").At("starts_at")
	case !before(h.From, h.Until):
		return fault.New(fault.Invalid, "calendar.ends_at", "It has to end after it begins.").At("ends_at")
	}
	return nil
}

// Release ends the hold with this id at an instant: what is left of it is free,
// and what has not begun is gone. Releasing what does not hold changes nothing.
func (c *Calendar) Release(id string, at time.Time) {
	i := slices.IndexFunc(c.Holds, func(h Hold) bool { return h.ID == id })
	switch {
	case i < 0:
	case !c.Holds[i].From.Before(at):
		c.drop(id)
	default:
		h := &c.Holds[i]
		if h.Late(at) {
			h.Until = c.free(*h, at)
		} else if before(at, h.Until) {
			h.Until = at.UTC()
		}
		h.Running = false
	}
}

// free is the end of what ran late until at: then, or when the next one's time
// had begun, which it would otherwise seem to have taken.
func (c *Calendar) free(late Hold, at time.Time) time.Time {
	end := at.UTC()
	for _, h := range c.Holds {
		if !h.From.Before(late.Until) && h.From.Before(end) {
			end = h.From
		}
	}
	return end
}

// had reports whether the calendar has h already, from then or earlier.
func (c *Calendar) had(h Hold) bool {
	return slices.ContainsFunc(c.Holds, func(was Hold) bool { return was.ID == h.ID && !h.From.Before(was.From) })
}

// drop forgets a hold, and that others were agreed to lie over it.
func (c *Calendar) drop(id string) {
	c.Holds = slices.DeleteFunc(c.Holds, func(h Hold) bool { return h.ID == id })
}

// forget keeps the item within its bounds.
func (c *Calendar) forget(at time.Time) error {
	c.forgetBefore(at.Add(-Reach))
	if len(c.Holds) > Most {
		c.forgetBefore(at.Add(-Lately))
	}
	if len(c.Holds) > Most {
		return fault.New(fault.Conflict, "calendar.full", "An asset has room for %d bookings and maintenance windows at one time. Cancel some that lie far ahead.", Most)
	}
	return nil
}

func (c *Calendar) forgetBefore(limit time.Time) {
	c.Holds = slices.DeleteFunc(c.Holds, func(h Hold) bool {
		old := !h.Running && !h.Until.IsZero() && !h.Until.After(limit)
		if old && h.Until.After(c.Since) {
			c.Since = h.Until
		}
		return old
	})
}

// Between returns what holds the asset between two instants; a zero until is
// infinity. As of at, what runs late has no end.
func (c *Calendar) Between(from, until, at time.Time) (found []Hold) {
	for _, h := range c.Holds {
		now := h
		if h.Late(at) {
			now.Until = time.Time{}
		}
		if now.Meets(from, until) {
			found = append(found, h)
		}
	}
	return found
}

// Taken is a fault.Conflict that says what has the asset.
type Taken struct{ By []Hold }

func (t *Taken) Error() string { return t.Unwrap().Error() }

// Unwrap gives the fault that people see, with a field for each hold.
func (t *Taken) Unwrap() error {
	f := fault.New(fault.Conflict, "calendar.taken", "The asset is taken then. Choose another time, or, for maintenance, acknowledge each of what is named.")
	for _, h := range t.By {
		f.Fields = append(f.Fields, fault.Field{Name: "acknowledge", Reason: h.String()})
	}
	return f
}

// String names h for people, its id first.
func (h Hold) String() string {
	until := "with no end"
	if !h.Until.IsZero() {
		until = "until " + h.Until.Format(time.RFC3339)
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s", h.ID, strings.TrimSpace(h.Title))) + fmt.Sprintf(": %s from %s %s", h.Kind, h.From.Format(time.RFC3339), until)
}
