package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fleet"
)

// CreateAsset adds a vehicle to the fleet, with booking switched off.
var CreateAsset = api.Route{
	Name:    "fleet.create_asset",
	Method:  http.MethodPost,
	Path:    "/v1/assets",
	Summary: "Add an asset",
	About:   "Needed are its type, VIN or serial number, make, model, year, home location and a category. Booking is off until you switch it on. The answer may have warnings: things that are allowed and worth a second look, such as a VIN whose check digit does not fit. Raises `asset.created`.",
	Allow:   access.EditAssets,
	Status:  http.StatusCreated,
	Faults:  []string{"asset.make", "asset.model", "asset.type", "asset.vin", "asset.year", "asset.categories", "asset.primary_category", "asset.home_location", "asset.location", "location.inactive", "asset.vin_taken", "asset.number_taken", "category.closing", "category.merging"},
	Handle:  rest.JSON(createAsset),
}

type createAssetInput struct {
	Body fleet.AssetDetails
}

func createAsset(ctx context.Context, c *api.Call, in createAssetInput) (assetView, error) {
	a, err := c.Fleet.Add(ctx, c.Actor, in.Body, c.Now)
	return viewOf(a), err
}
