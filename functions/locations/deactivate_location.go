package locations

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DeactivateLocation closes a location until it is activated again.
var DeactivateLocation = api.Route{
	Name:    "locations.deactivate_location",
	Method:  http.MethodPost,
	Path:    "/v1/locations/{id}/deactivate",
	Summary: "Deactivate a location",
	About:   "Refused while a vehicle belongs there, is there or can be picked up there, or a booking that is not over begins or ends there. From then on nothing can be there until it is activated again. Its history is kept. Raises `location.deactivated`.",
	Allow:   access.ManageLocations,
	Faults:  []string{"location.not_found", "location.stale", "location.in_use"},
	Handle:  rest.JSON(deactivateLocation),
}

type deactivateLocationInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func deactivateLocation(ctx context.Context, c *api.Call, in deactivateLocationInput) (locationView, error) {
	version, err := in.Version()
	if err != nil {
		return locationView{}, err
	}
	l, err := c.Locations.Deactivate(ctx, c.Actor, in.ID, version, c.Now)
	return viewOf(l), err
}
