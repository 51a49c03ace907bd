package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/maintenance"
)

// EditWindow changes what is said of a window, or moves it.
var EditWindow = api.Route{
	Name:    "care.edit_window",
	Method:  http.MethodPatch,
	Path:    "/v1/maintenance-windows/{id}",
	Summary: "Edit a maintenance window",
	About:   "The body is a JSON merge patch (RFC 7396). To move it over something else, name that in `acknowledge`. Once the work has begun its start stays, and once it is over its end does. Raises `maintenance_window.updated` if anything changed.",
	Allow:   access.ManageCare,
	Faults:  []string{"maintenance_window.not_found", "maintenance_window.stale", "maintenance_window.begun", "maintenance_window.over", "maintenance_window.starts_at", "maintenance_window.ends_at", "maintenance_window.reason", "maintenance_window.note", "maintenance_window.vendor", "maintenance_window.cost", "maintenance_window.issue", "maintenance_window.reminder", "maintenance_window.acknowledge", "calendar.taken", "calendar.forgotten", "calendar.crowded", "calendar.full", "table.busy"},
	Handle:  rest.JSON(editWindow),
}

type editWindowInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[windowEdit]
}

func editWindow(ctx context.Context, c *api.Call, in editWindowInput) (windowView, error) {
	version, err := in.Version()
	if err != nil {
		return windowView{}, err
	}
	var said windowEdit
	if err := in.Body.Apply(&said); err != nil {
		return windowView{}, err
	}
	x, err := c.Maintenance.Edit(ctx, c.Actor, in.ID, func(d *maintenance.Details) error {
		now := windowEdit{Details: *d}
		err := in.Body.Apply(&now)
		*d = now.Details
		return err
	}, said.Acknowledge, version, c.Now)
	return windowViewOf(x), err
}
