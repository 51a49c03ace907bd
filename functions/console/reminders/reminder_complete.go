package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/reminder"
)

// ReminderComplete says that it was done, and schedules the next one.
var ReminderComplete = api.Route{
	Name:    "console.reminder_complete",
	Method:  http.MethodPost,
	Path:    "/reminders/{id}/complete",
	Summary: "Complete a service reminder",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderComplete),
}

type reminderCompleteInput struct {
	ID       string `path:"id"`
	DoneOn   string `form:"done_on"`
	Odometer string `form:"odometer"`
}

func reminderComplete(ctx context.Context, c *api.Call, in reminderCompleteInput) (api.Answer, error) {
	r, err := c.Reminders.Reminder(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	unit, err := chore.UnitOf(ctx, c, r.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	bad := fault.New(fault.Invalid, "service_reminder.form", "Give the day it was done, and the whole number on the dashboard.")
	d := reminder.Done{On: page.Date(in.DoneOn, "done_on", bad), Odometer: chore.Driven(in.Odometer, unit, "odometer", bad)}
	if len(bad.Fields) > 0 {
		return page.Back(record.ReminderPath(in.ID), bad)
	}
	if _, err := c.Reminders.Complete(ctx, c.Actor, in.ID, d, 0, c.Now); err != nil {
		return page.Back(record.ReminderPath(in.ID), err)
	}
	if r.Recurring {
		return page.Done(page.With("/reminders", "asset", r.Asset), "reminder-next")
	}
	return page.Done(record.ReminderPath(in.ID), "reminder-done")
}
