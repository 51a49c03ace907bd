package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// UnassignDevice takes a device out of the asset it is in.
var UnassignDevice = api.Route{
	Name:    "tracking.unassign_device",
	Method:  http.MethodPost,
	Path:    "/v1/devices/{id}/unassign",
	Summary: "Take a device out of its asset",
	About:   "Of the devices that stay in the asset, the one that was fitted first counts from now on. Raises `device.unassigned`; nothing if it is in no asset.",
	Allow:   access.EditAssets,
	Faults:  []string{"device.not_found", "device.stale"},
	Handle:  rest.JSON(unassignDevice),
}

func unassignDevice(ctx context.Context, c *api.Call, in deviceInput) (deviceView, error) {
	version, err := in.Version()
	if err != nil {
		return deviceView{}, err
	}
	d, err := c.Tracking.Unfit(ctx, c.Actor, in.ID, version, c.Now)
	return viewOf(d), err
}
