package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
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
	Handle:  page.Handler(reminderTemplateApply),
}

func reminderTemplateApply(ctx context.Context, c *api.Call, in chore.Input) (api.Answer, error) {
	if _, _, err := c.Reminders.Apply(ctx, c.Actor, in.ID, c.Now); err != nil {
		return page.Back(schedulePath(in.ID), err)
	}
	return page.Done(schedulePath(in.ID), "schedule-applied")
}
