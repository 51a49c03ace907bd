package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/reminder"
)

// CreateReminder adds what an asset needs by a day or a distance.
var CreateReminder = api.Route{
	Name:    "care.create_reminder",
	Method:  http.MethodPost,
	Path:    "/v1/service-reminders",
	Summary: "Add a service reminder",
	About:   "It is due on `due_on` or at `due_odometer`, or an interval after the last time; what comes first counts. Every day at 06:00 in the time zone of the workspace, and when the odometer is read, we look whether it is due. Raises `service_reminder.created`.",
	Allow:   access.ManageCare,
	Status:  http.StatusCreated,
	Faults:  []string{"service_reminder.asset", "asset.archived", "service_reminder.name", "service_reminder.kind", "service_reminder.interval_days", "service_reminder.interval_distance", "service_reminder.warn_days", "service_reminder.warn_distance", "service_reminder.last_done", "service_reminder.last_odometer", "service_reminder.due_on", "service_reminder.due_odometer", "service_reminder.assignees", "service_reminder.note", "table.busy"},
	Handle:  rest.JSON(createReminder),
}

type createReminderInput struct {
	Body createReminderBody
}

type createReminderBody struct {
	Asset string `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	reminder.Details
}

func createReminder(ctx context.Context, c *api.Call, in createReminderInput) (reminderView, error) {
	x, err := c.Reminders.Schedule(ctx, c.Actor, in.Body.Asset, in.Body.Details, c.Now)
	return reminderViewOf(x), err
}
