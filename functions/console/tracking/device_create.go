package tracking

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/tracking"
)

// DeviceCreate adds a tracking device, and puts it into an asset if one is named.
var DeviceCreate = api.Route{
	Name:    "console.device_create",
	Method:  http.MethodPost,
	Path:    "/devices",
	Summary: "Add a device",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(deviceCreate),
}

type deviceCreateInput struct {
	Provider string `form:"provider"`
	Serial   string `form:"serial"`
	Asset    string `form:"asset"`
}

func deviceCreate(ctx context.Context, c *api.Call, in deviceCreateInput) (api.Answer, error) {
	asset := page.Trim(in.Asset)
	if asset != "" {
		if _, err := c.Tracking.Inside(ctx, c.Actor, asset); err != nil {
			return page.Back("/devices", err)
		}
	}
	d, err := c.Tracking.Register(ctx, c.Actor, tracking.Draft{Provider: in.Provider, Serial: in.Serial}, c.Now)
	if page.Mine(err) {
		v, failed := devicesOf(ctx, c, deviceListInput{asset: asset})
		if failed != nil {
			return api.Answer{}, failed
		}
		v.Fields[0].Value, v.Fields[1].Value = in.Provider, in.Serial
		v.Wrong = page.Wrong(err, v.Fields)
		return page.Again(deviceListTemplate, v)
	}
	if err == nil && asset != "" {
		_, err = c.Tracking.Fit(ctx, c.Actor, d.ID, asset, 0, c.Now)
	}
	if err != nil {
		return page.Back("/devices", err)
	}
	return page.Done("/devices", "device-added")
}
