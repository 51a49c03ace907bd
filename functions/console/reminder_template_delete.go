package console

import (
	"context"
	"net/http"

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
	Handle:  page(reminderTemplateDelete),
}

func reminderTemplateDelete(ctx context.Context, c *api.Call, in careInput) (api.Answer, error) {
	if err := c.Reminders.DeleteTemplate(ctx, c.Actor, in.ID, c.Now); err != nil {
		return back(schedulePath(in.ID), err)
	}
	return done("/reminder-templates", "schedule-deleted")
}
