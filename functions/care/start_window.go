package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// StartWindow says that the work has begun.
var StartWindow = api.Route{
	Name:    "care.start_window",
	Method:  http.MethodPost,
	Path:    "/v1/maintenance-windows/{id}/start",
	Summary: "Start a maintenance window",
	About:   "Sooner than planned, if nothing else has the asset until then. Raises `maintenance_window.started`.",
	Allow:   access.ManageCare,
	Faults:  []string{"maintenance_window.not_found", "maintenance_window.stale", "maintenance_window.planned", "maintenance_window.in_progress", "maintenance_window.completed", "maintenance_window.cancelled", "calendar.taken", "table.busy"},
	Handle:  rest.JSON(startWindow),
}

type startWindowInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func startWindow(ctx context.Context, c *api.Call, in startWindowInput) (windowView, error) {
	version, err := in.Version()
	if err != nil {
		return windowView{}, err
	}
	x, err := c.Maintenance.Start(ctx, c.Actor, in.ID, nil, version, c.Now)
	return windowViewOf(x), err
}
