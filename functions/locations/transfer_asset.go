package locations

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fleet"
)

// TransferAsset moves a vehicle to another location.
var TransferAsset = api.Route{
	Name:    "locations.transfer_asset",
	Method:  http.MethodPost,
	Path:    "/v1/assets/{id}/transfers",
	Summary: "Transfer an asset",
	About:   "It is there from now on, or since `at`; its home stays. Raises `asset.location_changed`.",
	Allow:   access.ManageLocations,
	Status:  http.StatusCreated,
	Faults:  []string{"asset.not_found", "asset.stale", "asset.archived", "asset.location", "location.inactive", "transfer.to", "transfer.at", "transfer.odometer", "transfer.reason"},
	Handle:  rest.JSON(transferAsset),
}

type transferAssetInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body transferAssetBody
}

type transferAssetBody struct {
	To string `json:"to" doc:"The location where it arrived" example:"loc_01k9x3v7q2m8r4t6w0y5z1a3c2"`
	fleet.Way
}

func transferAsset(ctx context.Context, c *api.Call, in transferAssetInput) (assetView, error) {
	version, err := in.Version()
	if err != nil {
		return assetView{}, err
	}
	a, err := c.Fleet.Transfer(ctx, c.Actor, in.ID, in.Body.To, in.Body.Way, version, c.Now)
	if err != nil {
		return assetView{}, err
	}
	return assetView{a.Object()}, nil
}
