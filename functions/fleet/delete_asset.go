package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DeleteAsset removes a vehicle that was added by mistake.
var DeleteAsset = api.Route{
	Name:    "fleet.delete_asset",
	Method:  http.MethodDelete,
	Path:    "/v1/assets/{id}",
	Summary: "Delete an asset",
	About:   "Only an asset that nothing ever referred to can be deleted; any other can be archived. Raises `asset.deleted`.",
	Allow:   access.ArchiveAssets,
	Status:  http.StatusNoContent,
	Faults:  []string{"asset.not_found", "asset.stale", "asset.in_use"},
	Handle:  rest.JSON(deleteAsset),
}

type deleteAssetInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func deleteAsset(ctx context.Context, c *api.Call, in deleteAssetInput) (api.None, error) {
	version, err := in.Version()
	if err != nil {
		return api.None{}, err
	}
	return api.None{}, c.Fleet.Delete(ctx, c.Actor, in.ID, version, c.Now)
}
