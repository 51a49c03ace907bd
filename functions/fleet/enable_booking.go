package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// EnableBooking opens a vehicle for booking.
var EnableBooking = api.Route{
	Name:    "fleet.enable_booking",
	Method:  http.MethodPost,
	Path:    "/v1/assets/{id}/enable-booking",
	Summary: "Open an asset for booking",
	About:   "An asset needs a category, a home location and, once there are prices, a price first: the refusal has a field for each that lacks. Doing it again changes nothing. When it was done is kept. Raises `asset.booking_enabled`.",
	Allow:   access.EditAssets,
	Faults:  []string{"asset.not_found", "asset.stale", "asset.archived", "asset.no_category", "asset.no_location", "asset.no_price"},
	Handle:  rest.JSON(enableBooking),
}

type enableBookingInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func enableBooking(ctx context.Context, c *api.Call, in enableBookingInput) (assetView, error) {
	version, err := in.Version()
	if err != nil {
		return assetView{}, err
	}
	a, err := c.Fleet.SwitchBooking(ctx, c.Actor, in.ID, true, version, c.Now)
	return viewOf(a), err
}
