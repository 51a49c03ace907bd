package locations

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// LocationSwitch deactivates a location, or activates it again.
var LocationSwitch = api.Route{
	Name:    "console.location_switch",
	Method:  http.MethodPost,
	Path:    "/locations/{id}/active",
	Summary: "Activate or deactivate a location",
	Allow:   access.ManageLocations,
	Door:    api.SessionDoor,
	Handle:  page.Handler(locationSwitch),
}

type locationSwitchInput struct {
	ID string `path:"id"`
	On bool   `form:"on"`
}

func locationSwitch(ctx context.Context, c *api.Call, in locationSwitchInput) (api.Answer, error) {
	verb, did := c.Locations.Deactivate, "location-off"
	if in.On {
		verb, did = c.Locations.Activate, "location-on"
	}
	if _, err := verb(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(locationPath(in.ID), err)
	}
	return page.Done(locationPath(in.ID), did)
}
