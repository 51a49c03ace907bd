package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// MaintenanceEdit is the form that changes or moves a maintenance window.
var MaintenanceEdit = api.Route{
	Name:    "console.maintenance_edit",
	Method:  http.MethodGet,
	Path:    "/maintenance/{id}/edit",
	Summary: "The form that changes a maintenance window",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(maintenanceEdit),
}

func maintenanceEdit(ctx context.Context, c *api.Call, in chore.Input) (api.Answer, error) {
	w, err := c.Maintenance.Window(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	zone, err := zoneOf(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	return editWindowForm(ctx, c, w, windowFieldsOf(w, zone), nil)
}
