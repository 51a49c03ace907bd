package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ArchiveAsset takes a vehicle out of the fleet, for good.
var ArchiveAsset = api.Route{
	Name:    "fleet.archive_asset",
	Method:  http.MethodPost,
	Path:    "/v1/assets/{id}/archive",
	Summary: "Archive an asset",
	About:   "There is no way back: to return, an asset is duplicated. Its history is kept, it can no longer be edited, and its VIN and number are free for another. Refused while a booking holds it. Raises `asset.archived`.",
	Allow:   access.ArchiveAssets,
	Faults:  []string{"asset.not_found", "asset.stale", "asset.archived"},
	Handle:  rest.JSON(archiveAsset),
}

type archiveAssetInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func archiveAsset(ctx context.Context, c *api.Call, in archiveAssetInput) (assetView, error) {
	version, err := in.Version()
	if err != nil {
		return assetView{}, err
	}
	a, err := c.Fleet.Archive(ctx, c.Actor, in.ID, version, c.Now)
	return viewOf(a), err
}
