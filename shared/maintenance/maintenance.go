// Package maintenance keeps the times in which assets are in a workshop, or are
// not free for another reason that is no booking.
//
// A window holds its asset from its start until it ends; one without an end,
// until it is completed or cancelled. It may lie over a booking only where
// somebody acknowledges that booking by name, and it changes no booking. What
// is left of its time when it ends early is free at once.
//
// That nothing holds an asset twice is kept by Calendar.
package maintenance

import (
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/calendar"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/money"
)

// Window is a time in which an asset is not free.
type Window struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	Asset     string `json:"asset"`
	Details
	Acknowledged []string  `json:"acknowledged,omitempty"`
	State        State     `json:"state"`
	Started      time.Time `json:"started,omitzero"`
	Ended        time.Time `json:"ended,omitzero"`
	Created      time.Time `json:"created"`
	Updated      time.Time `json:"updated"`
	Version      int64     `json:"-"`

	was  *Window
	news []events.Event
}

// Details is what people say of a window.
type Details struct {
	StartsAt time.Time    `json:"starts_at,omitzero" doc:"From this instant on the asset is not free" example:"2026-03-10T21:00:00Z"`
	EndsAt   time.Time    `json:"ends_at,omitzero" doc:"The first instant at which it is free again; leave it out while that is open" example:"2026-03-12T05:00:00Z"`
	Reason   string       `json:"reason,omitempty" doc:"service, repair, damage, registration, internal, sale_prep or other" example:"service"`
	Note     string       `json:"note,omitempty" doc:"At most 2,000 characters"`
	Issue    string       `json:"issue,omitempty" doc:"The issue that it is for"`
	Reminder string       `json:"reminder,omitempty" doc:"The service reminder that it is for"`
	Vendor   string       `json:"vendor,omitempty" doc:"Who does the work" example:"Northside Auto"`
	Cost     money.Amount `json:"cost,omitzero"`
}

// State is where a window is on its way.
type State string

// The states of a window.
const (
	Planned    State = "planned"
	InProgress State = "in_progress"
	Completed  State = "completed"
	Cancelled  State = "cancelled"
)

// States lists them.
var States = []State{Planned, InProgress, Completed, Cancelled}

// Reasons are why an asset is not free.
var Reasons = []string{"service", "repair", "damage", "registration", "internal", "sale_prep", "other"}

// moves lists every move there is. What is not here is refused.
var moves = map[State][]State{
	Planned:    {InProgress, Cancelled},
	InProgress: {Completed, Cancelled},
}

// Open reports whether w still holds its asset.
func (w *Window) Open() bool { return w.State == Planned || w.State == InProgress }

func plan(id, workspace, asset string, d Details, at time.Time) (*Window, error) {
	w := &Window{ID: id, Workspace: workspace, Asset: asset, State: Planned, Created: at, Updated: at, Version: 1}
	d, err := d.checked()
	if err != nil {
		return nil, err
	}
	w.Details = d
	return w, nil
}

// Describe replaces what is said of w. The start of what has begun, and the
// dates of what is over, stay as they are.
func (w *Window) Describe(d Details) error {
	d, err := d.checked()
	if err != nil {
		return err
	}
	if w.State != Planned && !d.StartsAt.Equal(w.StartsAt) {
		return fault.New(fault.Conflict, "maintenance_window.begun", "This window has begun, or is over; its start can no longer be moved.").At("starts_at")
	}
	if !w.Open() && !d.EndsAt.Equal(w.EndsAt) {
		return fault.New(fault.Conflict, "maintenance_window.over", "This window is %s; its end can no longer be moved.", w.State).At("ends_at")
	}
	w.Details = d
	return nil
}

// Start says that the work has begun, earlier than planned if need be.
func (w *Window) Start(at time.Time) error {
	if err := w.move(InProgress); err != nil {
		return err
	}
	w.Started = at
	if at.Before(w.StartsAt) {
		w.StartsAt = at.Truncate(time.Second)
	}
	return nil
}

// End says that the work is done, or will not be.
func (w *Window) End(as State, at time.Time) error {
	if err := w.move(as); err != nil {
		return err
	}
	w.Ended = at
	return nil
}

func (w *Window) move(to State) error {
	if !slices.Contains(moves[w.State], to) {
		return fault.New(fault.Conflict, "maintenance_window."+string(w.State), "This window is %s; it cannot become %s.", w.State, to)
	}
	w.State = to
	return nil
}

// hold is w in the calendar of its asset.
func (w *Window) hold() calendar.Hold {
	return calendar.Hold{
		ID: w.ID, Kind: calendar.Maintenance, From: w.StartsAt, Until: w.EndsAt,
		Running: w.State == InProgress, Over: w.Acknowledged, Title: w.Title(),
	}
}

// Title is what people call w where there is one line for it.
func (w *Window) Title() string {
	title := w.Reason
	if w.Vendor != "" {
		title += ", " + w.Vendor
	}
	return title
}

// maxYears bounds what dates may be given, in years around the start.
const maxYears = 10

func (d Details) checked() (Details, error) {
	c := &form.Complaints{Noun: "maintenance_window"}
	d.StartsAt, d.EndsAt = d.StartsAt.UTC().Truncate(time.Second), d.EndsAt.UTC().Truncate(time.Second)
	switch {
	case d.StartsAt.IsZero() || d.StartsAt.Year() < 2000 || d.StartsAt.Year() > 2200:
		c.Add("starts_at", "Say when it begins.")
	case !d.EndsAt.IsZero() && !d.EndsAt.After(d.StartsAt):
		c.Add("ends_at", "It has to end after it begins. Leave the end out while it is open.")
	case d.EndsAt.After(d.StartsAt.AddDate(maxYears, 0, 0)):
		c.Add("ends_at", "Give an end within %d years, or leave it open.", maxYears)
	}
	c.OneOf("reason", d.Reason, Reasons)
	c.Text("note", &d.Note, 2000)
	c.Text("vendor", &d.Vendor, 100)
	c.Cost("cost", d.Cost)
	if d.Issue != "" && !ident.Has("iss", d.Issue) {
		c.Add("issue", "There is no such issue. Give its id: iss_…")
	}
	if d.Reminder != "" && !ident.Has("rem", d.Reminder) {
		c.Add("reminder", "There is no such service reminder. Give its id: rem_…")
	}
	return d, c.Err()
}

// Object is w as the outside sees it.
func (w *Window) Object() events.MaintenanceWindow {
	o := events.MaintenanceWindow{
		ID: w.ID, Asset: w.Asset, StartsAt: w.StartsAt, EndsAt: w.EndsAt, Reason: w.Reason, Note: w.Note,
		Issue: w.Issue, Reminder: w.Reminder, Vendor: w.Vendor, Acknowledged: w.Acknowledged, State: string(w.State),
		StartedAt: w.Started, EndedAt: w.Ended, CreatedAt: w.Created, UpdatedAt: w.Updated, Version: w.Version,
	}
	if !w.Cost.IsZero() {
		o.Cost = &events.Money{Minor: w.Cost.Minor, Currency: w.Cost.Currency}
	}
	return o
}

// tell makes the news of what is different from how w was loaded: one event, by
// the move if there was one. It reports whether there is anything to tell.
func (w *Window) tell(at time.Time) bool {
	if w.was == nil {
		w.news = []events.Event{events.MaintenanceWindowCreated{Object: w.Object()}}
		return true
	}
	if len(events.Differences(w.was.Object(), w.Object())) == 0 {
		return false
	}
	w.Version, w.Updated = w.was.Version+1, at
	is := w.Object()
	previous := events.Differences(w.was.Object(), is)
	var e events.Event = events.MaintenanceWindowUpdated{Object: is, Previous: previous}
	if w.State != w.was.State {
		switch w.State {
		case InProgress:
			e = events.MaintenanceWindowStarted{Object: is, Previous: previous}
		case Completed:
			e = events.MaintenanceWindowCompleted{Object: is, Previous: previous}
		case Cancelled:
			e = events.MaintenanceWindowCancelled{Object: is, Previous: previous}
		}
	}
	w.news = []events.Event{e}
	return true
}
