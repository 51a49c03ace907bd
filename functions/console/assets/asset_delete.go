package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetDelete removes an asset that was added by mistake.
var AssetDelete = api.Route{
	Name:    "console.asset_delete",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/delete",
	Summary: "Delete an asset",
	Allow:   access.ArchiveAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetDelete),
}

type assetDeleteInput struct {
	ID string `path:"id"`
}

func assetDelete(ctx context.Context, c *api.Call, in assetDeleteInput) (api.Answer, error) {
	if err := c.Fleet.Delete(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.AssetPath(in.ID), err)
	}
	return page.Done("/assets", "asset-deleted")
}
