package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/tracking"
)

// CreateDevice adds a tracking device, which is in no asset yet.
var CreateDevice = api.Route{
	Name:    "tracking.create_device",
	Method:  http.MethodPost,
	Path:    "/v1/devices",
	Summary: "Add a device",
	About:   "A provider's serial number is one device. Assign it to an asset next.",
	Allow:   access.EditAssets,
	Status:  http.StatusCreated,
	Faults:  []string{"device.provider", "device.serial", "device.label", "device.serial_taken"},
	Handle:  rest.JSON(createDevice),
}

type createDeviceInput struct {
	Body tracking.Draft
}

func createDevice(ctx context.Context, c *api.Call, in createDeviceInput) (deviceView, error) {
	d, err := c.Tracking.Register(ctx, c.Actor, in.Body, c.Now)
	return viewOf(d), err
}
