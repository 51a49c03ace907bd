package reminders

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ReminderTemplateNew is the form that adds a template of service reminders.
var ReminderTemplateNew = api.Route{
	Name:    "console.reminder_template_new",
	Method:  http.MethodGet,
	Path:    "/reminder-templates/new",
	Summary: "The form that adds a template of reminders",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(reminderTemplateNew),
}

func reminderTemplateNew(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	return templateForm(ctx, c, nil, reminderFields{Kind: "service", Recurring: true}, nil)
}
