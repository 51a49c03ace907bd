package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// AssignDevice puts a device into an asset.
var AssignDevice = api.Route{
	Name:    "tracking.assign_device",
	Method:  http.MethodPost,
	Path:    "/v1/devices/{id}/assign",
	Summary: "Put a device into an asset",
	About:   "It leaves the asset it was in, and a device of the same provider that was in this asset leaves it, in one step: an asset has one device of a provider, and a device one asset. The first device of an asset counts for its odometer. Raises `device.assigned`, and `device.unassigned` for what was closed.",
	Allow:   access.EditAssets,
	Faults:  []string{"device.not_found", "device.stale", "device.retired", "device.fittings", "asset.not_found", "asset.archived"},
	Handle:  rest.JSON(assignDevice),
}

type assignDeviceInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body assignDeviceBody
}

type assignDeviceBody struct {
	Asset string `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
}

func assignDevice(ctx context.Context, c *api.Call, in assignDeviceInput) (deviceView, error) {
	version, err := in.Version()
	if err != nil {
		return deviceView{}, err
	}
	d, err := c.Tracking.Fit(ctx, c.Actor, in.ID, in.Body.Asset, version, c.Now)
	return viewOf(d), err
}
