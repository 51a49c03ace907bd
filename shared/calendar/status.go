package calendar

import "time"

// Status is what follows from a calendar at an instant, of what an operator
// calls the status of an asset.
type Status string

// What an asset is doing (spec A 2.1). Whether it is bookable at all, or
// archived, is for fleet to say.
const (
	Free          Status = ""
	Reserved      Status = "reserved"       // a booking begins soon, or should have begun
	OnBooking     Status = "on_booking"     // somebody has it
	OverdueReturn Status = "overdue_return" // somebody still has it
	InMaintenance Status = "in_maintenance"
)

// Soon is within what time a booking that is to begin makes an asset reserved.
const Soon = 3 * 24 * time.Hour

// Status says what the asset is doing at an instant. Who has it counts before
// where it stands: on a booking, then in maintenance, then reserved.
func (c *Calendar) Status(at time.Time) Status {
	best := Free
	for _, h := range c.Holds {
		if s := h.status(at); rank[s] > rank[best] {
			best = s
		}
	}
	return best
}

var rank = map[Status]int{Free: 0, Reserved: 1, InMaintenance: 2, OnBooking: 3, OverdueReturn: 4}

func (h Hold) status(at time.Time) Status {
	switch {
	case h.Kind == Maintenance && h.Covers(at):
		return InMaintenance
	case h.Kind == Maintenance:
		return Free
	case h.Late(at):
		return OverdueReturn
	case h.Running && h.Covers(at):
		return OnBooking
	case before(at, h.Until) && h.From.Before(at.Add(Soon)):
		return Reserved
	}
	return Free
}
