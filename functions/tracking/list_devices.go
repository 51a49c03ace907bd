package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/tracking"
)

// ListDevices shows the devices, in the order of serial numbers.
var ListDevices = api.Route{
	Name:    "tracking.list_devices",
	Method:  http.MethodGet,
	Path:    "/v1/devices",
	Summary: "List devices",
	About:   "In the order of serial numbers. A page may be short when filters are narrow: go on while there is a `next_cursor`.",
	Allow:   access.ViewTracking,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listDevices),
}

type listDevicesInput struct {
	api.Paging
	State string `query:"state" enum:"active,stale,faulty,unassigned,retired"`
	Q     string `query:"q" maxLength:"40" doc:"The beginning of a serial number, whatever its case"`
}

func listDevices(ctx context.Context, c *api.Call, in listDevicesInput) (api.List[deviceView], error) {
	f := tracking.Filter{State: tracking.State(in.State), Q: in.Q}
	page, next, err := c.Tracking.Devices(ctx, c.Actor, f, in.Cursor, in.Limit)
	return listOf(page, next, viewOf), err
}
