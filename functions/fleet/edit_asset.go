package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fleet"
)

// EditAsset changes what is said of a vehicle.
var EditAsset = api.Route{
	Name:    "fleet.edit_asset",
	Method:  http.MethodPatch,
	Path:    "/v1/assets/{id}",
	Summary: "Edit an asset",
	About:   "The body is a JSON merge patch (RFC 7396): a field that is absent is left as it is, `null` clears it, an object is merged, a list replaces the list. Raises `asset.updated` for what changed, and `asset.category_changed` if its categories did, `asset.location_changed` if its locations did; nothing if nothing did. Archived assets cannot be edited.",
	Allow:   access.EditAssets,
	Faults:  []string{"asset.not_found", "asset.stale", "asset.archived", "asset.no_category", "asset.make", "asset.model", "asset.type", "asset.vin", "asset.categories", "asset.primary_category", "asset.home_location", "asset.location", "location.inactive", "asset.vin_taken", "asset.number_taken", "category.closing", "category.merging"},
	Handle:  rest.JSON(editAsset),
}

type editAssetInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[fleet.AssetDetails]
}

func editAsset(ctx context.Context, c *api.Call, in editAssetInput) (assetView, error) {
	version, err := in.Version()
	if err != nil {
		return assetView{}, err
	}
	a, err := c.Fleet.Edit(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return viewOf(a), err
}
