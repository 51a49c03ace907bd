package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetWindow shows one window.
var GetWindow = api.Route{
	Name:    "care.get_window",
	Method:  http.MethodGet,
	Path:    "/v1/maintenance-windows/{id}",
	Summary: "Get a maintenance window",
	About:   "Whatever its state.",
	Allow:   access.ViewAssets,
	Faults:  []string{"maintenance_window.not_found"},
	Handle:  rest.JSON(getWindow),
}

func getWindow(ctx context.Context, c *api.Call, in byID) (windowView, error) {
	x, err := c.Maintenance.Window(ctx, c.Actor, in.ID)
	return windowViewOf(x), err
}
