package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetArchive takes an asset out of the fleet, for good.
var AssetArchive = api.Route{
	Name:    "console.asset_archive",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/archive",
	Summary: "Archive an asset",
	Allow:   access.ArchiveAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetArchive),
}

type assetArchiveInput struct {
	ID string `path:"id"`
}

func assetArchive(ctx context.Context, c *api.Call, in assetArchiveInput) (api.Answer, error) {
	if _, err := c.Fleet.Archive(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.AssetPath(in.ID), err)
	}
	return page.Done(record.AssetPath(in.ID), "asset-archived")
}
