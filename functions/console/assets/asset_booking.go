package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetBooking switches booking of an asset on or off.
var AssetBooking = api.Route{
	Name:    "console.asset_booking",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/booking",
	Summary: "Switch booking on or off",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetBooking),
}

type assetBookingInput struct {
	ID string `path:"id"`
	On bool   `form:"on"`
}

func assetBooking(ctx context.Context, c *api.Call, in assetBookingInput) (api.Answer, error) {
	if _, err := c.Fleet.SwitchBooking(ctx, c.Actor, in.ID, in.On, 0, c.Now); err != nil {
		return page.Back(record.AssetPath(in.ID), err)
	}
	if in.On {
		return page.Done(record.AssetPath(in.ID), "booking-on")
	}
	return page.Done(record.AssetPath(in.ID), "booking-off")
}
