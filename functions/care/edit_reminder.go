package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/reminder"
)

// EditReminder changes what is said of a reminder.
var EditReminder = api.Route{
	Name:    "care.edit_reminder",
	Method:  http.MethodPatch,
	Path:    "/v1/service-reminders/{id}",
	Summary: "Edit a service reminder",
	About:   "The body is a JSON merge patch (RFC 7396). What is completed or skipped stays as it is. Raises `service_reminder.updated` if anything changed.",
	Allow:   access.ManageCare,
	Faults:  []string{"service_reminder.not_found", "service_reminder.stale", "service_reminder.completed", "service_reminder.skipped", "service_reminder.name", "service_reminder.kind", "service_reminder.interval_days", "service_reminder.interval_distance", "service_reminder.warn_days", "service_reminder.warn_distance", "service_reminder.last_done", "service_reminder.last_odometer", "service_reminder.due_on", "service_reminder.due_odometer", "service_reminder.assignees", "service_reminder.note", "table.busy"},
	Handle:  rest.JSON(editReminder),
}

type editReminderInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[reminder.Details]
}

func editReminder(ctx context.Context, c *api.Call, in editReminderInput) (reminderView, error) {
	version, err := in.Version()
	if err != nil {
		return reminderView{}, err
	}
	x, err := c.Reminders.Edit(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return reminderViewOf(x), err
}
