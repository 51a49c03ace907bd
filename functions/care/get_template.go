package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetTemplate shows one template.
var GetTemplate = api.Route{
	Name:    "care.get_template",
	Method:  http.MethodGet,
	Path:    "/v1/service-reminder-templates/{id}",
	Summary: "Get a template of service reminders",
	About:   "The ETag is its version.",
	Allow:   access.ViewAssets,
	Faults:  []string{"service_reminder_template.not_found"},
	Handle:  rest.JSON(getTemplate),
}

func getTemplate(ctx context.Context, c *api.Call, in byID) (templateView, error) {
	t, err := c.Reminders.Template(ctx, c.Actor.Workspace, in.ID)
	return templateViewOf(t), err
}
