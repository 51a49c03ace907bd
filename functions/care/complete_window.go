package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// CompleteWindow says that the work is done.
var CompleteWindow = api.Route{
	Name:    "care.complete_window",
	Method:  http.MethodPost,
	Path:    "/v1/maintenance-windows/{id}/complete",
	Summary: "Complete a maintenance window",
	About:   "What is left of its time is free at once. Raises `maintenance_window.completed`.",
	Allow:   access.ManageCare,
	Faults:  []string{"maintenance_window.not_found", "maintenance_window.stale", "maintenance_window.planned", "maintenance_window.in_progress", "maintenance_window.completed", "maintenance_window.cancelled", "calendar.taken", "table.busy"},
	Handle:  rest.JSON(completeWindow),
}

type completeWindowInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func completeWindow(ctx context.Context, c *api.Call, in completeWindowInput) (windowView, error) {
	version, err := in.Version()
	if err != nil {
		return windowView{}, err
	}
	x, err := c.Maintenance.Complete(ctx, c.Actor, in.ID, version, c.Now)
	return windowViewOf(x), err
}
