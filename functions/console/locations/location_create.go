package locations

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
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
	Handle:  page.Handler(locationCreate),
}

func locationCreate(ctx context.Context, c *api.Call, in locationFields) (api.Answer, error) {
	var d location.Details
	err := in.describe(&d)
	if err == nil {
		_, err = c.Locations.Create(ctx, c.Actor, d, c.Now)
	}
	switch {
	case page.Mine(err):
		return newLocationForm(ctx, c, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(locationsPath, "location-created")
}
