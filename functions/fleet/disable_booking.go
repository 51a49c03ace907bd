package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DisableBooking closes a vehicle to booking for the time being.
var DisableBooking = api.Route{
	Name:    "fleet.disable_booking",
	Method:  http.MethodPost,
	Path:    "/v1/assets/{id}/disable-booking",
	Summary: "Close an asset to booking",
	About:   "Bookings that are confirmed already stay. Doing it again changes nothing. When it was done is kept. Raises `asset.booking_disabled`.",
	Allow:   access.EditAssets,
	Faults:  []string{"asset.not_found", "asset.stale", "asset.archived"},
	Handle:  rest.JSON(disableBooking),
}

type disableBookingInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func disableBooking(ctx context.Context, c *api.Call, in disableBookingInput) (assetView, error) {
	version, err := in.Version()
	if err != nil {
		return assetView{}, err
	}
	a, err := c.Fleet.SwitchBooking(ctx, c.Actor, in.ID, false, version, c.Now)
	return viewOf(a), err
}
