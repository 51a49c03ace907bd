package locations

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/location"
)

// ListLocations shows the locations by name.
var ListLocations = api.Route{
	Name:    "locations.list_locations",
	Method:  http.MethodGet,
	Path:    "/v1/locations",
	Summary: "List locations",
	About:   "By name, active or not. Who works at some locations only sees those.",
	Allow:   access.ViewLocations,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listLocations),
}

type listLocationsInput struct {
	api.Paging
	Active  string `query:"active" enum:"true,false"`
	Program string `query:"program" enum:"rental,subscription" doc:"Offered there"`
	Q       string `query:"q" maxLength:"100" doc:"The beginning of a name or a code, whatever the case" example:"syd"`
}

func listLocations(ctx context.Context, c *api.Call, in listLocationsInput) (api.List[locationView], error) {
	f := location.Filter{Active: yesOrNo(in.Active), Program: in.Program, Q: in.Q}
	page, next, err := c.Locations.Locations(ctx, c.Actor, f, in.Cursor, in.Limit)
	return listOf(page, next, viewOf), err
}
