package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/reminder"
)

// ReminderCreate adds a service reminder.
var ReminderCreate = api.Route{
	Name:    "console.reminder_create",
	Method:  http.MethodPost,
	Path:    "/reminders",
	Summary: "Add a service reminder",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderCreate),
}

func reminderCreate(ctx context.Context, c *api.Call, in reminderFields) (api.Answer, error) {
	var d reminder.Details
	if err := chore.Unchosen(ctx, c, in.Asset); page.Mine(err) {
		return newReminderForm(ctx, c, in, "", err)
	} else if err != nil {
		return api.Answer{}, err
	}
	if err := in.describe(ctx, c, in.Asset, &d); err != nil {
		return newReminderForm(ctx, c, in, "", err)
	}
	r, err := c.Reminders.Schedule(ctx, c.Actor, in.Asset, d, c.Now)
	if page.Mine(err) {
		return newReminderForm(ctx, c, in, "", err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.ReminderPath(r.ID), "reminder-added")
}
