package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ReminderTemplatePage shows one template: it changes it, applies it or deletes it.
var ReminderTemplatePage = api.Route{
	Name:    "console.reminder_template_page",
	Method:  http.MethodGet,
	Path:    "/reminder-templates/{id}",
	Summary: "One template of reminders",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderTemplatePage),
}

func reminderTemplatePage(ctx context.Context, c *api.Call, in chore.Input) (api.Answer, error) {
	t, err := c.Reminders.Template(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	fields := templateFieldsOf(t)
	fields.Did = in.Did
	return templateForm(ctx, c, t, fields, nil)
}
