package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetDevice shows one device.
var GetDevice = api.Route{
	Name:    "tracking.get_device",
	Method:  http.MethodGet,
	Path:    "/v1/devices/{id}",
	Summary: "Get a device",
	Allow:   access.ViewTracking,
	Faults:  []string{"device.not_found"},
	Handle:  rest.JSON(getDevice),
}

type getDeviceInput struct {
	ID string `path:"id"`
}

func getDevice(ctx context.Context, c *api.Call, in getDeviceInput) (deviceView, error) {
	d, err := c.Tracking.Device(ctx, c.Actor, in.ID)
	return viewOf(d), err
}
