package care

import (
	"context"
	"net/http"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/maintenance"
)

// ListMaintenance shows windows, a page at a time.
var ListMaintenance = api.Route{
	Name:    "care.list_maintenance",
	Method:  http.MethodGet,
	Path:    "/v1/maintenance-windows",
	Summary: "List maintenance windows",
	About:   "Those that are planned or in progress, in the order of their starts; with `over` those that are not, last first; of one asset all, the last planned first. A page may be short when filters are narrow: go on while there is a `next_cursor`.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listMaintenance),
}

type listMaintenanceInput struct {
	api.Paging
	Asset string `query:"asset" doc:"Only of this asset"`
	State string `query:"state" enum:"planned,in_progress,completed,cancelled"`
	Over  bool   `query:"over" doc:"Completed and cancelled ones"`
}

func listMaintenance(ctx context.Context, c *api.Call, in listMaintenanceInput) (api.List[events.MaintenanceWindow], error) {
	f := maintenance.Filter{Asset: in.Asset, State: maintenance.State(in.State), Over: in.Over}
	page, next, err := c.Maintenance.Windows(ctx, c.Actor, f, in.Cursor, in.Limit)
	return listOf(page, next, (*maintenance.Window).Object), err
}
