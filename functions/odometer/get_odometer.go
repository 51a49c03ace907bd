package odometer

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetOdometer shows what an odometer shows, now or at an instant.
var GetOdometer = api.Route{
	Name:    "odometer.get_odometer",
	Method:  http.MethodGet,
	Path:    "/v1/assets/{id}/odometer",
	Summary: "Get an asset's odometer",
	About:   "The last actual reading and the accepted trips since, as tracking devices reported them. A device's own odometer is never asked. With `at`, what it showed then: an estimate never runs past the next actual reading, so totals never fall.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.not_found", "odometer.unknown"},
	Handle:  rest.JSON(getOdometer),
}

type getOdometerInput struct {
	ID string    `path:"id"`
	At time.Time `query:"at" doc:"An instant; without it, the latest that is known"`
}

func getOdometer(ctx context.Context, c *api.Call, in getOdometerInput) (pointView, error) {
	if in.At.IsZero() {
		p, unit, err := c.Odometer.Now(ctx, c.Actor, in.ID)
		return pointOf(p, unit), err
	}
	p, unit, err := c.Odometer.At(ctx, c.Actor, in.ID, in.At)
	return pointOf(p, unit), err
}
