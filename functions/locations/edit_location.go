package locations

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/location"
)

// EditLocation changes what is said of a location: its hours and rules too.
var EditLocation = api.Route{
	Name:    "locations.edit_location",
	Method:  http.MethodPatch,
	Path:    "/v1/locations/{id}",
	Summary: "Edit a location",
	About:   "The body is a JSON merge patch (RFC 7396): a field that is absent is left as it is, `null` clears it, an object is merged, a list replaces the list. So `{\"hours\":{\"sunday\":null}}` closes Sundays, and `{\"pickup_rules\":{\"rental\":null}}` lifts the rules of rentals. Bookings that were made stay. Raises `location.updated` if anything changed.",
	Allow:   access.ManageLocations,
	Faults:  append([]string{"location.not_found", "location.stale"}, locationFaults...),
	Handle:  rest.JSON(editLocation),
}

type editLocationInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[location.Details]
}

func editLocation(ctx context.Context, c *api.Call, in editLocationInput) (locationView, error) {
	version, err := in.Version()
	if err != nil {
		return locationView{}, err
	}
	l, err := c.Locations.Edit(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return viewOf(l), err
}
