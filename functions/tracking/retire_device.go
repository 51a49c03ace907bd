package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// RetireDevice takes a device out of use.
var RetireDevice = api.Route{
	Name:    "tracking.retire_device",
	Method:  http.MethodPost,
	Path:    "/v1/devices/{id}/retire",
	Summary: "Retire a device",
	About:   "For good. It leaves its asset, which raises `device.unassigned`, and what it reports is no longer taken.",
	Allow:   access.EditAssets,
	Faults:  []string{"device.not_found", "device.stale"},
	Handle:  rest.JSON(retireDevice),
}

func retireDevice(ctx context.Context, c *api.Call, in deviceInput) (deviceView, error) {
	version, err := in.Version()
	if err != nil {
		return deviceView{}, err
	}
	d, err := c.Tracking.Retire(ctx, c.Actor, in.ID, version, c.Now)
	return viewOf(d), err
}
