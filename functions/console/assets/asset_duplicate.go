package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fleet"
)

// AssetDuplicate adds a copy of an asset and opens its form.
var AssetDuplicate = api.Route{
	Name:    "console.asset_duplicate",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/duplicate",
	Summary: "Duplicate an asset",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetDuplicate),
}

type assetDuplicateInput struct {
	ID       string `path:"id"`
	Odometer bool   `form:"odometer"`
	Photos   bool   `form:"photos"`
}

func assetDuplicate(ctx context.Context, c *api.Call, in assetDuplicateInput) (api.Answer, error) {
	a, err := c.Fleet.Duplicate(ctx, c.Actor, in.ID, fleet.With{Odometer: &in.Odometer, Photos: in.Photos}, c.Now)
	if err != nil {
		return page.Back(record.AssetPath(in.ID), err)
	}
	return page.Done(record.AssetPath(a.ID), "asset-duplicated")
}
