package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/reminder"
)

// ReminderTemplateCreate adds a template of service reminders.
var ReminderTemplateCreate = api.Route{
	Name:    "console.reminder_template_create",
	Method:  http.MethodPost,
	Path:    "/reminder-templates",
	Summary: "Add a template of reminders",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderTemplateCreate),
}

func reminderTemplateCreate(ctx context.Context, c *api.Call, in reminderFields) (api.Answer, error) {
	var d reminder.TemplateDetails
	if err := in.template(&d); err != nil {
		return templateForm(ctx, c, nil, in, err)
	}
	t, err := c.Reminders.CreateTemplate(ctx, c.Actor, d, c.Now)
	if page.Mine(err) {
		return templateForm(ctx, c, nil, in, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(schedulePath(t.ID), "schedule-added")
}
