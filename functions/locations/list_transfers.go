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

// ListTransfers shows a vehicle's ways from one location to another.
var ListTransfers = api.Route{
	Name:    "locations.list_transfers",
	Method:  http.MethodGet,
	Path:    "/v1/assets/{id}/transfers",
	Summary: "List the transfers of an asset",
	About:   "Newest first. An edit that moved it is among them.",
	Allow:   access.ViewLocations,
	Faults:  []string{"asset.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listTransfers),
}

type listTransfersInput struct {
	ID string `path:"id"`
	api.Paging
}

func listTransfers(ctx context.Context, c *api.Call, in listTransfersInput) (api.List[events.AssetTransfer], error) {
	page, next, err := c.Fleet.Transfers(ctx, c.Actor, in.ID, in.Cursor, in.Limit)
	return listOf(page, next, fleet.Transfer.Object), err
}
