package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/reminder"
)

// ReminderSave changes a service reminder, unless somebody else has meanwhile.
var ReminderSave = api.Route{
	Name:    "console.reminder_save",
	Method:  http.MethodPost,
	Path:    "/reminders/{id}",
	Summary: "Change a service reminder",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderSave),
}

func reminderSave(ctx context.Context, c *api.Call, in reminderFields) (api.Answer, error) {
	r, err := c.Reminders.Reminder(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	_, err = c.Reminders.Edit(ctx, c.Actor, in.ID, func(d *reminder.Details) error { return in.describe(ctx, c, r.Asset, d) }, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(record.ReminderPath(in.ID)+"/edit", err)
	case page.Mine(err):
		return editReminderForm(ctx, c, r, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(record.ReminderPath(in.ID), "reminder-saved")
}
