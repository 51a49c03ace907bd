package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ReminderSkip says that it will not be done this time.
var ReminderSkip = api.Route{
	Name:    "console.reminder_skip",
	Method:  http.MethodPost,
	Path:    "/reminders/{id}/skip",
	Summary: "Skip a service reminder",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page(reminderSkip),
}

func reminderSkip(ctx context.Context, c *api.Call, in careInput) (api.Answer, error) {
	if _, err := c.Reminders.Skip(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return back(reminderPath(in.ID), err)
	}
	return done(reminderPath(in.ID), "reminder-skipped")
}
