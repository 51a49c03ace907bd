package care

import (
	"context"
	"time"

	"motorpool/events"
	"motorpool/shared/api"
	"motorpool/shared/calendar"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/issue"
	"motorpool/shared/maintenance"
	"motorpool/shared/reminder"
)

// byID is the input of a route about one thing.
type byID struct {
	ID string `path:"id"`
}

// windowEdit is what may be said of a window, and over what it may lie.
type windowEdit struct {
	maintenance.Details
	Acknowledge []string `json:"acknowledge,omitempty" doc:"The bookings and other windows that it may overlap, as the refusal named them: at most 5"`
}

// windowView is a window as answers show it: the object of its events.
type windowView struct{ events.MaintenanceWindow }

// ETagVersion makes the ETag.
func (v windowView) ETagVersion() int64 { return v.Version }

func windowViewOf(w *maintenance.Window) windowView {
	if w == nil {
		return windowView{}
	}
	return windowView{w.Object()}
}

// issueView is an issue as answers show it: the object of its events, and what
// may be done about one that endangers somebody.
type issueView struct {
	events.Issue
	Offers []string `json:"offers,omitempty" nullable:"false" doc:"What you may want to do next, because it endangers somebody: disable_booking, create_window"`
}

// ETagVersion makes the ETag.
func (v issueView) ETagVersion() int64 { return v.Version }

func issueViewOf(i *issue.Issue) issueView {
	if i == nil {
		return issueView{}
	}
	v := issueView{Issue: i.Object()}
	if i.Endangers() {
		v.Offers = []string{"disable_booking", "create_window"}
	}
	return v
}

// reminderView is a reminder as answers show it: the object of its events.
type reminderView struct{ events.ServiceReminder }

// ETagVersion makes the ETag.
func (v reminderView) ETagVersion() int64 { return v.Version }

func reminderViewOf(r *reminder.Reminder) reminderView {
	if r == nil {
		return reminderView{}
	}
	return reminderView{r.Object()}
}

// templateView is a template as answers show it.
type templateView struct {
	ID string `json:"id" example:"rmt_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	reminder.TemplateDetails
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
	Version   int64     `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

// ETagVersion makes the ETag.
func (v templateView) ETagVersion() int64 { return v.Version }

func templateViewOf(t *reminder.Template) templateView {
	if t == nil {
		return templateView{}
	}
	return templateView{t.ID, t.TemplateDetails, t.Created, t.Updated, t.Version}
}

func listOf[In, Out any](page []In, next string, show func(In) Out) api.List[Out] {
	out := make([]Out, len(page))
	for i, in := range page {
		out[i] = show(in)
	}
	return api.ListOf(out, next)
}

// rowView is one vehicle in the calendar.
type rowView struct {
	Asset  string     `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Title  string     `json:"title" example:"Airport Camry (C-014)"`
	Status string     `json:"status" doc:"What it is doing now"`
	Since  time.Time  `json:"since,omitzero" doc:"What ended before is no longer in the calendar"`
	Holds  []holdView `json:"holds" nullable:"false" doc:"In order of time"`
}

// holdView is one interval in which a vehicle is not free.
type holdView struct {
	ID       string    `json:"id" doc:"Of the booking or the maintenance window"`
	Kind     string    `json:"kind" enum:"booking,maintenance"`
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at,omitzero" doc:"Absent while that is open"`
	Running  bool      `json:"running" doc:"Whether it has begun and not ended, however late"`
	Title    string    `json:"title,omitempty"`
}

// window is the time that a calendar shows.
func window(from, until, now time.Time) (time.Time, time.Time, error) {
	const usual, most = 14, 100 // days
	if from.IsZero() {
		from = now
	}
	if until.IsZero() {
		until = from.AddDate(0, 0, usual)
	}
	if !until.After(from) || until.After(from.AddDate(0, 0, most)) {
		return from, until, fault.New(fault.Invalid, "calendar.range", "Give an end after the beginning, at most %d days later.", most).At("until")
	}
	return from, until, nil
}

// rowsOf shows assets with what holds them.
func rowsOf(ctx context.Context, c *api.Call, page []*fleet.Asset, from, until time.Time) ([]rowView, error) {
	rows, calendarOf := []rowView{}, c.Calendar.Stroll(c.Actor.Workspace)
	for _, a := range page {
		days, err := calendarOf(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		row := rowView{Asset: a.ID, Title: a.Title(), Status: string(a.StatusWith(string(days.Status(c.Now)))), Since: days.Since, Holds: []holdView{}}
		for _, h := range days.Between(from, until, c.Now) {
			row.Holds = append(row.Holds, holdViewOf(h))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func holdViewOf(h calendar.Hold) holdView {
	return holdView{ID: h.ID, Kind: string(h.Kind), StartsAt: h.From, EndsAt: h.Until, Running: h.Running, Title: h.Title}
}
