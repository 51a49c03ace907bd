package events

import "time"

// ServiceReminder is what an asset needs by a day or by a distance, as the
// outside sees it: the object of its events and the answer of the API.
type ServiceReminder struct {
	ID               string    `json:"id" example:"rem_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Asset            string    `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Name             string    `json:"name" example:"Oil and filter"`
	Kind             string    `json:"kind" enum:"service,registration,insurance,warranty" example:"service"`
	IntervalDays     int       `json:"interval_days,omitempty" example:"180"`
	IntervalDistance int64     `json:"interval_distance,omitempty" doc:"In metres" example:"15000000"`
	LastDone         string    `json:"last_done,omitempty" format:"date" example:"2025-11-14"`
	LastOdometer     *int64    `json:"last_odometer,omitempty" doc:"In metres as the dashboard showed it, when it was done last" example:"42750000"`
	DueOn            string    `json:"due_on,omitempty" format:"date" doc:"The day by which it is due" example:"2026-05-13"`
	DueOdometer      *int64    `json:"due_odometer,omitempty" doc:"What the dashboard shows when it is due, in metres; what comes first counts" example:"57750000"`
	WarnDays         int       `json:"warn_days" example:"14"`
	WarnDistance     int64     `json:"warn_distance" doc:"In metres" example:"1000000"`
	Recurring        bool      `json:"recurring" doc:"Whether the next one is scheduled when it is done"`
	Assignees        []string  `json:"assignees,omitempty" nullable:"false" doc:"Who sees to it"`
	AutoWindow       bool      `json:"auto_window,omitempty" doc:"Whether a maintenance window is planned when it becomes due soon"`
	Note             string    `json:"note,omitempty"`
	Template         string    `json:"template,omitempty" doc:"The template by which it was scheduled" example:"rmt_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Window           string    `json:"window,omitempty" doc:"The maintenance window that was planned for it" example:"mtw_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Task             string    `json:"task,omitempty" doc:"The issue that asks to contact the customer who had the asset when it became due" example:"iss_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	State            string    `json:"state" enum:"scheduled,due_soon,overdue,completed,skipped" example:"scheduled"`
	EndedAt          time.Time `json:"ended_at,omitzero" doc:"When it was completed or skipped"`
	CreatedAt        time.Time `json:"created_at"`
	UpdatedAt        time.Time `json:"updated_at"`
	Version          int64     `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

func (r ServiceReminder) link() Link {
	return Link{ID: r.ID, Type: "service_reminder", URL: "/v1/service-reminders/" + r.ID}
}
