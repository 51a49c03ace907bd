package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetReminder shows one reminder.
var GetReminder = api.Route{
	Name:    "care.get_reminder",
	Method:  http.MethodGet,
	Path:    "/v1/service-reminders/{id}",
	Summary: "Get a service reminder",
	About:   "Whatever its state.",
	Allow:   access.ViewAssets,
	Faults:  []string{"service_reminder.not_found"},
	Handle:  rest.JSON(getReminder),
}

func getReminder(ctx context.Context, c *api.Call, in byID) (reminderView, error) {
	x, err := c.Reminders.Reminder(ctx, c.Actor, in.ID)
	return reminderViewOf(x), err
}
