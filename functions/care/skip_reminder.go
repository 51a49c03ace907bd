package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// SkipReminder says that it will not be done this time.
var SkipReminder = api.Route{
	Name:    "care.skip_reminder",
	Method:  http.MethodPost,
	Path:    "/v1/service-reminders/{id}/skip",
	Summary: "Skip a service reminder",
	About:   "It will not be done this time. Where it recurs, the next one is scheduled, an interval after this one is due. Raises `service_reminder.skipped`, and `service_reminder.created` for the next one.",
	Allow:   access.ManageCare,
	Faults:  []string{"service_reminder.not_found", "service_reminder.stale", "service_reminder.completed", "service_reminder.skipped", "table.busy"},
	Handle:  rest.JSON(skipReminder),
}

type skipReminderInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func skipReminder(ctx context.Context, c *api.Call, in skipReminderInput) (reminderView, error) {
	version, err := in.Version()
	if err != nil {
		return reminderView{}, err
	}
	x, err := c.Reminders.Skip(ctx, c.Actor, in.ID, version, c.Now)
	return reminderViewOf(x), err
}
