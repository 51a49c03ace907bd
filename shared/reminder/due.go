package reminder

import (
	"context"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Workshop plans maintenance windows.
type Workshop interface {
	// Block returns the ops that plan a window for r on a day, or on the nearest
	// on which its asset is free, and the window's id; none if it is free on no
	// day near it.
	Block(ctx context.Context, actor access.Actor, r *Reminder, on span.Date, at time.Time) (window string, ops []table.Op, err error)
}

// Desk takes on what somebody has to do.
type Desk interface {
	// Contact returns the ops that make it a task to contact the customer who has
	// the asset of r just now, and the task's id; none if nobody has it.
	Contact(ctx context.Context, actor access.Actor, r *Reminder, at time.Time) (task string, ops []table.Op, err error)
}

// Letters writes to users.
type Letters interface {
	// Remind returns the ops that ask for a letter about r to each of its
	// assignees who still works here.
	Remind(ctx context.Context, r *Reminder, at time.Time) ([]table.Op, error)
}

// DueOn is the day by which it has to be done; a zero day if by distance alone.
func (r *Reminder) DueOn() span.Date { on, _ := r.due(); return on }

// DueAt is the odometer, in metres, at which it has to be done; nil if by the
// day alone, or not known yet.
func (r *Reminder) DueAt() *int64 { _, metres := r.due(); return metres }

// base has a distance that counts from nowhere yet count from an odometer. It
// reports whether it did.
func (r *Reminder) base(is *Mileage, at time.Time) bool {
	if _, metres := r.due(); is == nil || metres != nil || r.IntervalDistance == 0 {
		return false
	}
	r.LastOdometer, r.LastBeyond = &is.Shown, is.Total-is.Shown
	r.Version, r.Updated = r.was.Version+1, at
	r.news = []events.Event{events.ServiceReminderUpdated{Object: r.Object(), Previous: events.Differences(r.was.Object(), r.Object())}}
	return true
}

// follow returns the ops of what follows when r tells that it is due: letters
// each time, and on becoming so a window and a task, each once a reminder.
func (s *Service) follow(ctx context.Context, r *Reminder, today span.Date, at time.Time) (ops []table.Op, err error) {
	entered := r.State != r.was.State
	if r.State == Scheduled || !entered && r.Told == r.was.Told {
		return nil, nil
	}
	add := func(more []table.Op, err error) error { ops = append(ops, more...); return err }
	if s.Letters != nil && len(r.Assignees) > 0 {
		if err := add(s.Letters.Remind(ctx, r, at)); err != nil {
			return nil, err
		}
	}
	if !entered {
		return ops, nil
	}
	system := access.System(r.Workspace)
	if s.Workshop != nil && r.AutoWindow && r.Window == "" {
		on := r.DueOn()
		if !today.Before(on) {
			on = today.Plus(1)
		}
		var more []table.Op
		if r.Window, more, err = s.Workshop.Block(ctx, system, r, on, at); add(more, err) != nil {
			return nil, err
		}
	}
	if s.Desk != nil && r.Task == "" {
		var more []table.Op
		if r.Task, more, err = s.Desk.Contact(ctx, system, r, at); add(more, err) != nil {
			return nil, err
		}
	}
	r.say(entered)
	return ops, nil
}

// maxDue is how many reminders of one state a calendar marks at the most.
const maxDue = 1000

// Due returns what is pending and due from one day to another, by asset, and
// whether there is more of it than it read. It costs one read for each state.
func (s *Service) Due(ctx context.Context, workspace string, from, to span.Date) (by map[string][]*Reminder, more bool, err error) {
	by = map[string][]*Reminder{}
	for _, state := range []State{Scheduled, DueSoon, Overdue} {
		page, err := s.Table.Query(ctx, table.Query{PK: statePK(workspace, state), From: from.String(), To: to.String() + "~", Index: true, Limit: maxDue})
		if err != nil {
			return nil, false, err
		}
		more = more || page.Next != ""
		for _, it := range page.Items {
			r, err := read(it)
			if err != nil {
				return nil, false, err
			}
			by[r.Asset] = append(by[r.Asset], r)
		}
	}
	return by, more, nil
}
