package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/audit"
)

// ListDeviceHistory shows what was done to a device, newest first.
var ListDeviceHistory = api.Route{
	Name:    "tracking.list_device_history",
	Method:  http.MethodGet,
	Path:    "/v1/devices/{id}/history",
	Summary: "List the history of a device",
	About:   "Who changed what, when and from where. Entries are kept for seven years.",
	Allow:   access.ViewTracking,
	Faults:  []string{"device.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listDeviceHistory),
}

type listDeviceHistoryInput struct {
	ID string `path:"id"`
	api.Paging
}

func listDeviceHistory(ctx context.Context, c *api.Call, in listDeviceHistoryInput) (api.List[audit.Entry], error) {
	page, next, err := c.Tracking.History(ctx, c.Actor, in.ID, in.Cursor, in.Limit)
	return api.ListOf(page, next), err
}
