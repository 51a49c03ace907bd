package locations

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ActivateLocation opens a location again.
var ActivateLocation = api.Route{
	Name:    "locations.activate_location",
	Method:  http.MethodPost,
	Path:    "/v1/locations/{id}/activate",
	Summary: "Activate a location",
	About:   "Vehicles can be there again, and bookings can begin and end there. Doing what is done already changes nothing. Raises `location.activated`.",
	Allow:   access.ManageLocations,
	Faults:  []string{"location.not_found", "location.stale"},
	Handle:  rest.JSON(activateLocation),
}

type activateLocationInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func activateLocation(ctx context.Context, c *api.Call, in activateLocationInput) (locationView, error) {
	version, err := in.Version()
	if err != nil {
		return locationView{}, err
	}
	l, err := c.Locations.Activate(ctx, c.Actor, in.ID, version, c.Now)
	return viewOf(l), err
}
