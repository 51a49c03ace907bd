package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// CreateWindow blocks an asset for some time.
var CreateWindow = api.Route{
	Name:    "care.create_window",
	Method:  http.MethodPost,
	Path:    "/v1/maintenance-windows",
	Summary: "Block an asset for maintenance",
	About:   "The asset is not free from `starts_at` until `ends_at`; without an end, until the window is completed or cancelled. What is in the way, bookings or other windows, is refused and named in `errors`; name each in `acknowledge` to block the asset all the same. That changes no booking. Raises `maintenance_window.created`.",
	Allow:   access.ManageCare,
	Status:  http.StatusCreated,
	Faults:  []string{"maintenance_window.asset", "asset.archived", "maintenance_window.starts_at", "maintenance_window.ends_at", "maintenance_window.reason", "maintenance_window.note", "maintenance_window.vendor", "maintenance_window.cost", "maintenance_window.issue", "maintenance_window.reminder", "maintenance_window.acknowledge", "calendar.taken", "calendar.forgotten", "calendar.crowded", "calendar.full", "table.busy"},
	Handle:  rest.JSON(createWindow),
}

type createWindowInput struct {
	Body createWindowBody
}

type createWindowBody struct {
	Asset string `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	windowEdit
}

func createWindow(ctx context.Context, c *api.Call, in createWindowInput) (windowView, error) {
	x, err := c.Maintenance.Plan(ctx, c.Actor, in.Body.Asset, in.Body.Details, in.Body.Acknowledge, c.Now)
	return windowViewOf(x), err
}
