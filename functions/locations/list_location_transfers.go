package locations

import (
	"context"
	"net/http"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fleet"
)

// ListLocationTransfers shows which vehicles came to a location and left it.
var ListLocationTransfers = api.Route{
	Name:    "locations.list_location_transfers",
	Method:  http.MethodGet,
	Path:    "/v1/locations/{id}/transfers",
	Summary: "List the transfers of a location",
	About:   "To and from it, newest first.",
	Allow:   access.ViewLocations,
	Faults:  []string{"location.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listLocationTransfers),
}

type listLocationTransfersInput struct {
	ID string `path:"id"`
	api.Paging
}

func listLocationTransfers(ctx context.Context, c *api.Call, in listLocationTransfersInput) (api.List[events.AssetTransfer], error) {
	if _, err := c.Locations.Location(ctx, c.Actor, in.ID); err != nil {
		return api.List[events.AssetTransfer]{}, err
	}
	page, next, err := c.Fleet.TransfersAt(ctx, c.Actor, in.ID, in.Cursor, in.Limit)
	return listOf(page, next, fleet.Transfer.Object), err
}
