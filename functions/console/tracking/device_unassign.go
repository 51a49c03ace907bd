package tracking

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// DeviceUnassign takes a device out of its asset.
var DeviceUnassign = api.Route{
	Name:    "console.device_unassign",
	Method:  http.MethodPost,
	Path:    "/devices/{id}/unassign",
	Summary: "Take a device out of its asset",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(deviceUnassign),
}

type deviceUnassignInput struct {
	ID string `path:"id"`
}

func deviceUnassign(ctx context.Context, c *api.Call, in deviceUnassignInput) (api.Answer, error) {
	if _, err := c.Tracking.Unfit(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back("/devices", err)
	}
	return page.Done("/devices", "device-out")
}
