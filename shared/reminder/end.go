package reminder

import (
	"time"

	"motorpool/events"
	"motorpool/shared/span"
)

// Done is when something was done, and at which odometer.
type Done struct {
	On       span.Date
	Odometer *int64
}

// End says that it was done, or will not be this time, and returns the next one
// under the id given, or nil if there is none.
func (r *Reminder) End(as State, d Done, today span.Date, next string, at time.Time) (*Reminder, error) {
	if !r.Pending() {
		return nil, over(r.State)
	}
	if err := r.checkDone(as, d, today); err != nil {
		return nil, err
	}
	r.State, r.Ended = as, at
	r.Version, r.Updated = r.was.Version+1, at
	var follows *Reminder
	if r.Recurring {
		var err error
		if follows, err = schedule(next, r.Workspace, r.Asset, r.Template, r.after(as, d), at); err != nil {
			return nil, err
		}
		follows.LastBeyond = r.beyond() // of one that is skipped: it counts from when it was due
	} else {
		next = ""
	}
	is := r.Object()
	previous := events.Differences(r.was.Object(), is)
	if as == Completed {
		r.news = append(r.news, events.ServiceReminderCompleted{Object: is, Previous: previous, Next: next})
	} else {
		r.news = append(r.news, events.ServiceReminderSkipped{Object: is, Previous: previous, Next: next})
	}
	return follows, nil
}

// after is what is said of the next one. A service counts from when it was done;
// what ends on a day, from that day.
func (r *Reminder) after(as State, d Done) Details {
	next := r.Details
	on, metres := r.due()
	next.DueOn, next.DueOdometer = span.Date{}, nil
	next.LastDone, next.LastOdometer = d.On, d.Odometer
	if as == Skipped || r.Kind != service && !on.IsZero() {
		next.LastDone = on
	}
	if as == Skipped {
		next.LastOdometer = metres
	}
	return next
}
