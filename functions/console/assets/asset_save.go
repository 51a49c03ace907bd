package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// AssetSave changes an asset, unless somebody else has meanwhile.
var AssetSave = api.Route{
	Name:    "console.asset_save",
	Method:  http.MethodPost,
	Path:    "/assets/{id}",
	Summary: "Change an asset",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetSave),
}

func assetSave(ctx context.Context, c *api.Call, in assetFields) (api.Answer, error) {
	_, err := c.Fleet.Edit(ctx, c.Actor, in.ID, in.describe, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(record.AssetPath(in.ID)+"/edit", err)
	case page.Mine(err):
		a, lost := c.Fleet.Find(ctx, c.Actor, in.ID)
		if lost != nil {
			return api.Answer{}, lost
		}
		return editAssetForm(ctx, c, a, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(record.AssetPath(in.ID), "asset-saved")
}
