package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// CancelWindow says that the work will not be done.
var CancelWindow = api.Route{
	Name:    "care.cancel_window",
	Method:  http.MethodPost,
	Path:    "/v1/maintenance-windows/{id}/cancel",
	Summary: "Cancel a maintenance window",
	About:   "What is left of its time is free at once. Raises `maintenance_window.cancelled`.",
	Allow:   access.ManageCare,
	Faults:  []string{"maintenance_window.not_found", "maintenance_window.stale", "maintenance_window.planned", "maintenance_window.in_progress", "maintenance_window.completed", "maintenance_window.cancelled", "calendar.taken", "table.busy"},
	Handle:  rest.JSON(cancelWindow),
}

type cancelWindowInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func cancelWindow(ctx context.Context, c *api.Call, in cancelWindowInput) (windowView, error) {
	version, err := in.Version()
	if err != nil {
		return windowView{}, err
	}
	x, err := c.Maintenance.Cancel(ctx, c.Actor, in.ID, version, c.Now)
	return windowViewOf(x), err
}
