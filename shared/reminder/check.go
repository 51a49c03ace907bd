package reminder

import (
	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/span"
)

const (
	warnDays     = 14
	warnDistance = 1_000_000 // metres
	again        = 7         // days until it is said again

	maxDays     = 3660
	maxDistance = 10_000_000_000 // metres
	maxUsers    = 10
)

// checked is d with what follows from it. By a template the distance may count
// from an odometer that is yet unknown.
func (d Details) checked(template bool) (Details, error) {
	c := &form.Complaints{Noun: "service_reminder"}
	if d.Kind == "" {
		d.Kind = service
	}
	if d.WarnDays == nil {
		d.WarnDays = new(int)
		*d.WarnDays = warnDays
	}
	if d.WarnDistance == nil {
		d.WarnDistance = new(int64)
		*d.WarnDistance = warnDistance
	}
	c.Needed("name", &d.Name, 100)
	c.OneOf("kind", d.Kind, KindNames)
	c.Between("interval_days", int64(d.IntervalDays), 0, maxDays)
	c.Between("interval_distance", d.IntervalDistance, 0, maxDistance)
	c.Between("warn_days", int64(*d.WarnDays), 0, maxDays)
	c.Between("warn_distance", *d.WarnDistance, 0, maxDistance)
	if d.LastOdometer != nil {
		c.Between("last_odometer", *d.LastOdometer, 0, maxDistance)
	}
	if d.DueOdometer != nil {
		c.Between("due_odometer", *d.DueOdometer, 0, maxDistance)
	}
	c.Text("note", &d.Note, 2000)
	d.checkDue(c, template)
	if len(d.Assignees) > maxUsers {
		c.Add("assignees", "Give at most %d users.", maxUsers)
	}
	for _, id := range d.Assignees {
		if !ident.Has("usr", id) {
			c.Add("assignees", "There is no user %.50q. Give their ids: usr_…", id)
		}
	}
	return d, c.Err()
}

func (d *Details) checkDue(c *form.Complaints, template bool) {
	on, metres := d.due()
	switch {
	case template && d.IntervalDistance > 0 && metres == nil:
	case d.IntervalDays > 0 && on.IsZero():
		c.Add("last_done", "Say when it was done last, or when it is due: the days count from there.")
	case d.IntervalDistance > 0 && metres == nil:
		c.Add("last_odometer", "Give the odometer when it was done last, or at which it is due: the distance counts from there.")
	case on.IsZero() && metres == nil:
		c.Add("due_on", "Say when it is due: a day, a distance, or an interval from the last time.")
	case d.Recurring && d.IntervalDays == 0 && d.IntervalDistance == 0:
		c.Add("interval_days", "Say after how many days, or what distance, it recurs.")
	}
}

func (r *Reminder) checkDone(as State, d Done, today span.Date) error {
	c := &form.Complaints{Noun: "service_reminder"}
	if as != Completed {
		return nil
	}
	if d.On.IsZero() || today.Before(d.On) {
		c.Add("done_on", "Say on which day it was done, today at the latest.")
	} else if d.On.Before(r.LastDone) {
		c.Add("done_on", "It was done on %s already; give a later day.", r.LastDone)
	}
	switch {
	case d.Odometer != nil:
		c.Between("odometer", *d.Odometer, 0, maxDistance)
	case r.Recurring && r.IntervalDistance > 0:
		c.Add("odometer", "Give the odometer, in metres: the next time is reckoned from it.")
	}
	return c.Err()
}
