package locations

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// LocationSave changes a location, unless somebody else has meanwhile.
var LocationSave = api.Route{
	Name:    "console.location_save",
	Method:  http.MethodPost,
	Path:    "/locations/{id}",
	Summary: "Change a location",
	Allow:   access.ManageLocations,
	Door:    api.SessionDoor,
	Handle:  page.Handler(locationSave),
}

func locationSave(ctx context.Context, c *api.Call, in locationFields) (api.Answer, error) {
	_, err := c.Locations.Edit(ctx, c.Actor, in.ID, in.describe, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(locationPath(in.ID), err)
	case page.Mine(err):
		l, lost := c.Locations.Location(ctx, c.Actor, in.ID)
		if lost != nil {
			return api.Answer{}, lost
		}
		return editLocationForm(ctx, c, l, in, "", err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(locationPath(in.ID), "location-saved")
}
