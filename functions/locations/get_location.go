package locations

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetLocation shows one location, active or not.
var GetLocation = api.Route{
	Name:    "locations.get_location",
	Method:  http.MethodGet,
	Path:    "/v1/locations/{id}",
	Summary: "Get a location",
	About:   "With what invoices print of it.",
	Allow:   access.ViewLocations,
	Faults:  []string{"location.not_found"},
	Handle:  rest.JSON(getLocation),
}

func getLocation(ctx context.Context, c *api.Call, in byID) (locationView, error) {
	l, err := c.Locations.Location(ctx, c.Actor, in.ID)
	return viewOf(l), err
}
