package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ReminderTemplateDelete removes a template.
var ReminderTemplateDelete = api.Route{
	Name:    "console.reminder_template_delete",
	Method:  http.MethodPost,
	Path:    "/reminder-templates/{id}/delete",
	Summary: "Delete a template of reminders",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderTemplateDelete),
}

func reminderTemplateDelete(ctx context.Context, c *api.Call, in chore.Input) (api.Answer, error) {
	if err := c.Reminders.DeleteTemplate(ctx, c.Actor, in.ID, c.Now); err != nil {
		return page.Back(schedulePath(in.ID), err)
	}
	return page.Done("/reminder-templates", "schedule-deleted")
}
