package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/location"
)

// LocationCreate adds a location.
var LocationCreate = api.Route{
	Name:    "console.location_create",
	Method:  http.MethodPost,
	Path:    "/locations",
	Summary: "Add a location",
	Allow:   access.ManageLocations,
	Door:    api.SessionDoor,
	Handle:  page(locationCreate),
}

func locationCreate(ctx context.Context, c *api.Call, in locationFields) (api.Answer, error) {
	var d location.Details
	err := in.describe(&d)
	if err == nil {
		_, err = c.Locations.Create(ctx, c.Actor, d, c.Now)
	}
	switch {
	case mine(err):
		return newLocationForm(ctx, c, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return done(locationsPath, "location-created")
}
