package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ReminderEdit is the form that changes a service reminder.
var ReminderEdit = api.Route{
	Name:    "console.reminder_edit",
	Method:  http.MethodGet,
	Path:    "/reminders/{id}/edit",
	Summary: "The form that changes a service reminder",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderEdit),
}

func reminderEdit(ctx context.Context, c *api.Call, in chore.Input) (api.Answer, error) {
	r, err := c.Reminders.Reminder(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	fields, err := reminderFieldsOf(ctx, c, r)
	if err != nil {
		return api.Answer{}, err
	}
	return editReminderForm(ctx, c, r, fields, nil)
}
