package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DeleteTemplate removes a template.
var DeleteTemplate = api.Route{
	Name:    "care.delete_template",
	Method:  http.MethodDelete,
	Path:    "/v1/service-reminder-templates/{id}",
	Summary: "Delete a template of service reminders",
	About:   "Reminders that it has made stay.",
	Allow:   access.ManageCare,
	Status:  http.StatusNoContent,
	Faults:  []string{"service_reminder_template.not_found", "table.busy"},
	Handle:  rest.JSON(deleteTemplate),
}

func deleteTemplate(ctx context.Context, c *api.Call, in byID) (api.None, error) {
	return api.None{}, c.Reminders.DeleteTemplate(ctx, c.Actor, in.ID, c.Now)
}
