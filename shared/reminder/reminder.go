// Package reminder keeps what assets need by a day or by a distance: services,
// and days such as the end of a registration, an insurance or a warranty.
//
// A reminder is due by the day or at the distance, whichever comes first; some
// time before, it is due soon. It tells of both once, on becoming so, and again
// every week. When it is done, or skipped, it is over, and where it recurs the
// next one is scheduled in the same write. What state a reminder is in follows
// from a day and an odometer alone, so that to look again changes nothing.
//
// Templates schedule the same reminder for all assets, or for those of some
// categories, those included that join later. The day on which a registration
// ends is followed wherever the asset says another.
//
// How far an asset has been driven is asked of others, through Odometer; who
// writes letters, plans windows and takes on tasks is another noun, too.
package reminder

import (
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
	"motorpool/shared/span"
)

// Reminder is one thing that an asset needs.
type Reminder struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	Asset     string `json:"asset"`
	Details
	Template string    `json:"template,omitempty"` // by which it was scheduled
	Window   string    `json:"window,omitempty"`   // the maintenance window that was planned for it
	Task     string    `json:"task,omitempty"`     // the issue that asks to contact the customer
	State    State     `json:"state"`
	Told     span.Date `json:"told,omitzero"` // when it last told of the state it is in
	// What clusters before it had counted, in metres, when last_odometer was said
	// and when due_odometer was: people say what the dashboard shows.
	LastBeyond int64     `json:"last_beyond,omitempty"`
	DueBeyond  int64     `json:"due_beyond,omitempty"`
	Ended      time.Time `json:"ended,omitzero"`
	Created    time.Time `json:"created"`
	Updated    time.Time `json:"updated"`
	Version    int64     `json:"-"`

	was  *Reminder
	news []events.Event
}

// Details is what people say of a reminder. Distances are metres.
type Details struct {
	Name             string    `json:"name" doc:"At most 100 characters" example:"Oil and filter"`
	Kind             string    `json:"kind,omitempty" doc:"service (unless you say otherwise), registration, insurance or warranty" example:"service"`
	IntervalDays     int       `json:"interval_days,omitempty" doc:"From one time to the next: at most 3,660" example:"180"`
	IntervalDistance int64     `json:"interval_distance,omitempty" doc:"In metres, from one time to the next" example:"15000000"`
	LastDone         span.Date `json:"last_done,omitzero" format:"date" doc:"The intervals count from here" example:"2025-11-14"`
	LastOdometer     *int64    `json:"last_odometer,omitempty" doc:"In metres as the dashboard showed it, when it was done last" example:"42750000"`
	DueOn            span.Date `json:"due_on,omitzero" format:"date" doc:"The day by which it is due; reckoned from last_done, unless you give it"`
	DueOdometer      *int64    `json:"due_odometer,omitempty" doc:"What the dashboard shows when it is due, in metres; reckoned from last_odometer, unless you give it"`
	WarnDays         *int      `json:"warn_days,omitempty" doc:"How many days before that it is due soon: 14, unless you say otherwise"`
	WarnDistance     *int64    `json:"warn_distance,omitempty" doc:"How many metres before that it is due soon: 1,000,000, unless you say otherwise"`
	Recurring        bool      `json:"recurring,omitempty" doc:"Whether the next one is scheduled when it is done"`
	Assignees        []string  `json:"assignees,omitempty" doc:"Who sees to it, and is written to when it is due: at most 10 users"`
	AutoWindow       bool      `json:"auto_window,omitempty" doc:"Whether a maintenance window is planned when it becomes due soon: on the day it is due, or the nearest on which the asset is free"`
	Note             string    `json:"note,omitempty" doc:"At most 2,000 characters"`
}

// State is where a reminder is on its way.
type State string

// The states of a reminder.
const (
	Scheduled State = "scheduled"
	DueSoon   State = "due_soon"
	Overdue   State = "overdue"
	Completed State = "completed"
	Skipped   State = "skipped"
)

// States lists them.
var States = []State{Scheduled, DueSoon, Overdue, Completed, Skipped}

// Kinds of reminder: what it is that has to be done, or ends.
const (
	service      = "service"
	Registration = "registration"
	Insurance    = "insurance"
	Warranty     = "warranty"
)

// KindNames are the kinds of reminder.
var KindNames = []string{service, Registration, Insurance, Warranty}

// Pending reports whether what r reminds of has still to be done.
func (r *Reminder) Pending() bool { return r.State != Completed && r.State != Skipped }

// due is the day and the distance by which it has to be done; a zero day, or
// nil, where there is none.
func (d Details) due() (span.Date, *int64) {
	on, at := d.DueOn, d.DueOdometer
	if on.IsZero() && d.IntervalDays > 0 && !d.LastDone.IsZero() {
		on = d.LastDone.Plus(d.IntervalDays)
	}
	if at == nil && d.IntervalDistance > 0 && d.LastOdometer != nil {
		sum := *d.LastOdometer + d.IntervalDistance
		at = &sum
	}
	return on, at
}

// At says what state d is in on a day, with an odometer; nil if that is unknown.
// On the very day it is not overdue yet, and at the very metre it is.
func (d Details) At(today span.Date, odometer *int64) State {
	on, metres := d.due()
	known := metres != nil && odometer != nil
	switch {
	case !on.IsZero() && on.Before(today), known && *odometer >= *metres:
		return Overdue
	case !on.IsZero() && !today.Before(on.Plus(-*d.WarnDays)), known && *odometer >= *metres-*d.WarnDistance:
		return DueSoon
	}
	return Scheduled
}

// Mileage is how far an asset has been driven, in metres: what its dashboard
// shows, and the total through all clusters that it has had.
type Mileage struct{ Shown, Total int64 }

// said notes by which cluster the distances of r were said that were not so before.
func (r *Reminder) said(before Details, is *Mileage) {
	if is == nil {
		return
	}
	if changed(before.LastOdometer, r.LastOdometer) {
		r.LastBeyond = is.Total - is.Shown
	}
	if changed(before.DueOdometer, r.DueOdometer) {
		r.DueBeyond = is.Total - is.Shown
	}
}

func changed(before, now *int64) bool {
	return now != nil && (before == nil || *before != *now)
}

// beyond is what clusters before had counted when it was said, or follows from
// what was said, at which distance r is due.
func (r *Reminder) beyond() int64 {
	if r.DueOdometer != nil {
		return r.DueBeyond
	}
	return r.LastBeyond
}

// Look brings r up to a day and an odometer, and tells of what it is: on
// becoming due soon or overdue, and a week after it told last. It reports
// whether anything has changed.
func (r *Reminder) Look(today span.Date, is *Mileage, at time.Time) bool {
	if !r.Pending() {
		return false
	}
	var odometer *int64 // as the dashboard would show it that people had before them
	if is != nil {
		odometer = new(is.Total - r.beyond())
	}
	state := r.At(today, odometer)
	entered := state != r.State
	if !entered && (state == Scheduled || today.Before(r.Told.Plus(again))) {
		return false
	}
	r.State, r.Told = state, today
	r.Version, r.Updated = r.was.Version+1, at
	r.say(entered)
	return true
}

// say makes the news of the state that r is in.
func (r *Reminder) say(entered bool) {
	switch r.State {
	case DueSoon:
		r.news = []events.Event{events.ServiceReminderDueSoon{Object: r.Object(), Again: !entered}}
	case Overdue:
		r.news = []events.Event{events.ServiceReminderOverdue{Object: r.Object(), Again: !entered}}
	default: // somebody has corrected the odometer
		r.news = []events.Event{events.ServiceReminderUpdated{Object: r.Object(), Previous: events.Differences(r.was.Object(), r.Object())}}
	}
}

// next is the day on which r has to be looked at again, after today; a zero day
// if never.
func (r *Reminder) next(today span.Date) span.Date {
	on, metres := r.due()
	var day span.Date
	switch {
	case !r.Pending():
		return day
	case metres != nil || on.IsZero():
		return today.Plus(1)
	case r.State == Scheduled:
		day = on.Plus(-*r.WarnDays)
	case r.State == DueSoon:
		day = on.Plus(1)
	}
	if told := r.Told.Plus(again); r.State != Scheduled && (day.IsZero() || told.Before(day)) {
		day = told
	}
	if tomorrow := today.Plus(1); day.Before(tomorrow) {
		day = tomorrow
	}
	return day
}

func schedule(id, workspace, asset, template string, d Details, at time.Time) (*Reminder, error) {
	d, err := d.checked(template != "")
	if err != nil {
		return nil, err
	}
	r := &Reminder{ID: id, Workspace: workspace, Asset: asset, Template: template, Details: d, State: Scheduled, Created: at, Updated: at, Version: 1}
	r.news = []events.Event{events.ServiceReminderCreated{Object: r.Object()}}
	return r, nil
}

// Describe replaces what is said of r.
func (r *Reminder) Describe(d Details, at time.Time) error {
	if !r.Pending() {
		return over(r.State)
	}
	d, err := d.checked(r.Template != "")
	if err != nil {
		return err
	}
	r.Details = d
	if previous := events.Differences(r.was.Object(), r.Object()); len(previous) > 0 {
		r.Version, r.Updated = r.was.Version+1, at
		r.news = append(r.news, events.ServiceReminderUpdated{Object: r.Object(), Previous: previous})
	}
	return nil
}

func over(s State) error {
	return fault.New(fault.Conflict, "service_reminder."+string(s), "This reminder is %s and can no longer be changed.", s)
}

// Object is r as the outside sees it.
func (r *Reminder) Object() events.ServiceReminder {
	on, metres := r.due()
	return events.ServiceReminder{
		ID: r.ID, Asset: r.Asset, Name: r.Name, Kind: r.Kind, IntervalDays: r.IntervalDays, IntervalDistance: r.IntervalDistance,
		LastDone: r.LastDone.String(), LastOdometer: r.LastOdometer, DueOn: on.String(), DueOdometer: metres,
		WarnDays: *r.WarnDays, WarnDistance: *r.WarnDistance, Recurring: r.Recurring, Assignees: r.Assignees, Note: r.Note,
		AutoWindow: r.AutoWindow, Template: r.Template, Window: r.Window, Task: r.Task,
		State: string(r.State), EndedAt: r.Ended, CreatedAt: r.Created, UpdatedAt: r.Updated, Version: r.Version,
	}
}
