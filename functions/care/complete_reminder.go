package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/reminder"
	"motorpool/shared/span"
)

// CompleteReminder says that it was done.
var CompleteReminder = api.Route{
	Name:    "care.complete_reminder",
	Method:  http.MethodPost,
	Path:    "/v1/service-reminders/{id}/complete",
	Summary: "Complete a service reminder",
	About:   "Where it recurs, the next one is scheduled: a service from the day and the odometer of this one, a registration, insurance or warranty from the day on which it ends. Raises `service_reminder.completed`, and `service_reminder.created` for the next one.",
	Allow:   access.ManageCare,
	Faults:  []string{"service_reminder.not_found", "service_reminder.stale", "service_reminder.completed", "service_reminder.skipped", "service_reminder.done_on", "service_reminder.odometer", "table.busy"},
	Handle:  rest.JSON(completeReminder),
}

type completeReminderInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body completeReminderBody
}

func completeReminder(ctx context.Context, c *api.Call, in completeReminderInput) (reminderView, error) {
	version, err := in.Version()
	if err != nil {
		return reminderView{}, err
	}
	x, err := c.Reminders.Complete(ctx, c.Actor, in.ID, reminder.Done{On: in.Body.DoneOn, Odometer: in.Body.Odometer}, version, c.Now)
	return reminderViewOf(x), err
}

type completeReminderBody struct {
	DoneOn   span.Date `json:"done_on,omitzero" format:"date" doc:"Today, unless you say otherwise" example:"2026-03-01"`
	Odometer *int64    `json:"odometer,omitempty" doc:"In metres; needed where the next time is reckoned from it" example:"57702000"`
}
