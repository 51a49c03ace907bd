package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/reminder"
)

// EditTemplate changes what is said of a template.
var EditTemplate = api.Route{
	Name:    "care.edit_template",
	Method:  http.MethodPatch,
	Path:    "/v1/service-reminder-templates/{id}",
	Summary: "Edit a template of service reminders",
	About:   "The body is a JSON merge patch (RFC 7396). Reminders that it has made stay as they are.",
	Allow:   access.ManageCare,
	Faults:  []string{"service_reminder_template.not_found", "service_reminder_template.stale", "service_reminder.name", "service_reminder.kind", "service_reminder.categories", "service_reminder.interval_days", "service_reminder.interval_distance", "service_reminder.warn_days", "service_reminder.warn_distance", "service_reminder.assignees", "service_reminder.note", "table.busy"},
	Handle:  rest.JSON(editTemplate),
}

type editTemplateInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[reminder.TemplateDetails]
}

func editTemplate(ctx context.Context, c *api.Call, in editTemplateInput) (templateView, error) {
	version, err := in.Version()
	if err != nil {
		return templateView{}, err
	}
	t, err := c.Reminders.EditTemplate(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return templateViewOf(t), err
}
