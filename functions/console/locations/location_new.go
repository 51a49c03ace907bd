package locations

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// LocationNew is the form that adds a location.
var LocationNew = api.Route{
	Name:    "console.location_new",
	Method:  http.MethodGet,
	Path:    "/locations/new",
	Summary: "The form that adds a location",
	Allow:   access.ManageLocations,
	Door:    api.SessionDoor,
	Handle:  page.Handler(locationNew),
}

func locationNew(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	in := locationFields{Pickup: true, Dropoff: true, Rental: true, Subscription: true}
	return newLocationForm(ctx, c, in, nil)
}

func newLocationForm(ctx context.Context, c *api.Call, in locationFields, because error) (api.Answer, error) {
	v, err := in.form(ctx, c, look.Frame{Title: "Add a location", Section: "locations", Crumbs: []look.Link{toLocations}}, because)
	if err != nil {
		return api.Answer{}, err
	}
	v.Action, v.Do = locationsPath, "Add location"
	if because != nil {
		return page.Again(locationFormPage, v)
	}
	return page.Show(locationFormPage, v)
}
