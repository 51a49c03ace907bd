package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// RepairDevice says that a device works again.
var RepairDevice = api.Route{
	Name:    "tracking.repair_device",
	Method:  http.MethodPost,
	Path:    "/v1/devices/{id}/repair",
	Summary: "Say that a device works again",
	About:   "It is active again if it is in an asset.",
	Allow:   access.EditAssets,
	Faults:  []string{"device.not_found", "device.stale", "device.retired"},
	Handle:  rest.JSON(repairDevice),
}

func repairDevice(ctx context.Context, c *api.Call, in deviceInput) (deviceView, error) {
	version, err := in.Version()
	if err != nil {
		return deviceView{}, err
	}
	d, err := c.Tracking.Mend(ctx, c.Actor, in.ID, false, version, c.Now)
	return viewOf(d), err
}
