package locations

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fleet"
)

// AssignAssets gives many vehicles their locations.
var AssignAssets = api.Route{
	Name:    "locations.assign_assets",
	Method:  http.MethodPost,
	Path:    "/v1/locations/assign",
	Summary: "Assign assets to locations",
	About:   "At most 100 assets. Each is changed by itself: what is refused for one does not hold up the others, and the answer says what became of each. A field that is absent is left as it is. Raises `asset.location_changed` for each asset that changed; a changed current location is remembered as a transfer.",
	Allow:   access.ManageLocations,
	Faults:  []string{"assignment.empty", "assignment.assets", "assignment.home_location", "assignment.available_locations", "asset.location", "location.inactive"},
	Handle:  rest.JSON(assignAssets),
}

type assignAssetsInput struct {
	Body assignAssetsBody
}

type assignAssetsBody struct {
	Assets             []string  `json:"assets" nullable:"false" minItems:"1" maxItems:"100" example:"[\"ast_01k9x3v7q2m8r4t6w0y5z1a3b5\"]"`
	HomeLocation       *string   `json:"home_location,omitempty" doc:"Where they belong" example:"loc_01k9x3v7q2m8r4t6w0y5z1a3c1"`
	CurrentLocation    *string   `json:"current_location,omitempty" doc:"Where they are; empty for at home" example:"loc_01k9x3v7q2m8r4t6w0y5z1a3c1"`
	AvailableLocations *[]string `json:"available_locations,omitempty" doc:"Where customers can pick them up; empty for at home only"`
}

type assignAssetsOutput struct {
	Assigned int            `json:"assigned" doc:"How many were not refused"`
	Data     []assignedView `json:"data" nullable:"false" doc:"In the order of the request"`
}

type assignedView struct {
	Asset  string `json:"asset"`
	OK     bool   `json:"ok"`
	Code   string `json:"code,omitempty" doc:"Why it was refused"`
	Detail string `json:"detail,omitempty" doc:"Why it was refused, in words"`
}

func assignAssets(ctx context.Context, c *api.Call, in assignAssetsInput) (out assignAssetsOutput, err error) {
	all, err := c.Fleet.Assign(ctx, c.Actor, fleet.Assignment{
		Assets: in.Body.Assets, Home: in.Body.HomeLocation, Current: in.Body.CurrentLocation, Available: in.Body.AvailableLocations,
	}, c.Now)
	for _, one := range all {
		v := assignedView{Asset: one.ID, OK: one.Fault == nil}
		if v.OK {
			out.Assigned++
		} else {
			v.Code, v.Detail = one.Fault.Code, one.Fault.Message
		}
		out.Data = append(out.Data, v)
	}
	return out, err
}
