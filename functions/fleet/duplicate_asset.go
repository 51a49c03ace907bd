package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DuplicateAsset adds a copy of a vehicle to the fleet.
var DuplicateAsset = api.Route{
	Name:    "fleet.duplicate_asset",
	Method:  http.MethodPost,
	Path:    "/v1/assets/{id}/duplicate",
	Summary: "Duplicate an asset",
	About:   "Booking is off for the copy. What belongs to the one vehicle (VIN, registration, key number, acquisition) is copied only from an archived asset, which so returns to the fleet. The number gets a suffix where it is taken. Raises `asset.duplicated`.",
	Allow:   access.EditAssets,
	Status:  http.StatusCreated,
	Faults:  []string{"asset.not_found", "asset.number_taken", "category.closing", "category.merging"},
	Handle:  rest.JSON(duplicateAsset),
}

func duplicateAsset(ctx context.Context, c *api.Call, in byID) (assetView, error) {
	a, err := c.Fleet.Duplicate(ctx, c.Actor, in.ID, c.Now)
	return viewOf(a), err
}
