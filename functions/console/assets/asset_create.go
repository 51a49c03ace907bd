package assets

import (
	"context"
	"net/http"
	"strings"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fleet"
)

// AssetCreate adds an asset to the fleet.
var AssetCreate = api.Route{
	Name:    "console.asset_create",
	Method:  http.MethodPost,
	Path:    "/assets",
	Summary: "Add an asset",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetCreate),
}

func assetCreate(ctx context.Context, c *api.Call, in assetFields) (api.Answer, error) {
	var d fleet.AssetDetails
	if err := in.describe(&d); err != nil {
		return newAssetForm(ctx, c, in, err)
	}
	d.HomeLocation = strings.TrimSpace(in.Home)
	a, err := c.Fleet.Add(ctx, c.Actor, d, c.Now)
	if page.Mine(err) {
		return newAssetForm(ctx, c, in, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.AssetPath(a.ID), "asset-created")
}
