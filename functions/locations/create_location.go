package locations

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/location"
)

// CreateLocation adds a place that the operator works from.
var CreateLocation = api.Route{
	Name:    "locations.create_location",
	Method:  http.MethodPost,
	Path:    "/v1/locations",
	Summary: "Add a location",
	About:   "Only the name is needed. Hours are times on the location's own walls; a closing earlier than the opening is on the next day. Who works at some locations only cannot add one. Raises `location.created`.",
	Allow:   access.ManageLocations,
	Status:  http.StatusCreated,
	Faults:  locationFaults,
	Handle:  rest.JSON(createLocation),
}

var locationFaults = []string{
	"location.name", "location.code", "location.email", "location.phone", "location.website", "location.address", "location.time_zone",
	"location.geo", "location.hours", "location.closures", "location.after_hours_fee", "location.programs", "location.pickup_rules",
	"location.invoice_address", "location.code_taken", "location.bound",
}

type createLocationInput struct {
	Body location.Details
}

func createLocation(ctx context.Context, c *api.Call, in createLocationInput) (locationView, error) {
	l, err := c.Locations.Create(ctx, c.Actor, in.Body, c.Now)
	return viewOf(l), err
}
