package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(reminderSkip),
}

func reminderSkip(ctx context.Context, c *api.Call, in chore.Input) (api.Answer, error) {
	if _, err := c.Reminders.Skip(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.ReminderPath(in.ID), err)
	}
	return page.Done(record.ReminderPath(in.ID), "reminder-skipped")
}
