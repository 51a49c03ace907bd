package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ReminderTemplateApply schedules a reminder for every vehicle that a template is for.
var ReminderTemplateApply = api.Route{
	Name:    "console.reminder_template_apply",
	Method:  http.MethodPost,
	Path:    "/reminder-templates/{id}/apply",
	Summary: "Apply a template of reminders",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page(reminderTemplateApply),
}

func reminderTemplateApply(ctx context.Context, c *api.Call, in careInput) (api.Answer, error) {
	if _, _, err := c.Reminders.Apply(ctx, c.Actor, in.ID, c.Now); err != nil {
		return back(schedulePath(in.ID), err)
	}
	return done(schedulePath(in.ID), "schedule-applied")
}
