package console

import (
	"context"
	"net/http"

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
	Handle:  page(assetBooking),
}

type assetBookingInput struct {
	ID string `path:"id"`
	On bool   `form:"on"`
}

func assetBooking(ctx context.Context, c *api.Call, in assetBookingInput) (api.Answer, error) {
	if _, err := c.Fleet.SwitchBooking(ctx, c.Actor, in.ID, in.On, 0, c.Now); err != nil {
		return back(assetPath(in.ID), err)
	}
	if in.On {
		return done(assetPath(in.ID), "booking-on")
	}
	return done(assetPath(in.ID), "booking-off")
}
