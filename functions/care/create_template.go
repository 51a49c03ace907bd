package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/reminder"
)

// CreateTemplate adds what all assets need, or those of some categories.
var CreateTemplate = api.Route{
	Name:    "care.create_template",
	Method:  http.MethodPost,
	Path:    "/v1/service-reminder-templates",
	Summary: "Add a template of service reminders",
	About:   "Nothing is scheduled by it until you apply it. Assets that join later, or come into one of its categories, get the reminder by themselves.",
	Allow:   access.ManageCare,
	Status:  http.StatusCreated,
	Faults:  []string{"service_reminder.name", "service_reminder.kind", "service_reminder.categories", "service_reminder.interval_days", "service_reminder.interval_distance", "service_reminder.warn_days", "service_reminder.warn_distance", "service_reminder.assignees", "service_reminder.note", "service_reminder_template.too_many"},
	Handle:  rest.JSON(createTemplate),
}

type createTemplateInput struct {
	Body reminder.TemplateDetails
}

func createTemplate(ctx context.Context, c *api.Call, in createTemplateInput) (templateView, error) {
	t, err := c.Reminders.CreateTemplate(ctx, c.Actor, in.Body, c.Now)
	return templateViewOf(t), err
}
