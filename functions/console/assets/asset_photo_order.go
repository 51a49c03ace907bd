package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetPhotoOrder puts the photos into the order into which somebody dragged them.
var AssetPhotoOrder = api.Route{
	Name:    "console.asset_photo_order",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/photos/order",
	Summary: "Order photos",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetPhotoOrder),
}

type assetPhotoOrderInput struct {
	ID     string   `path:"id"`
	Photos []string `form:"photo"`
}

func assetPhotoOrder(ctx context.Context, c *api.Call, in assetPhotoOrderInput) (api.Answer, error) {
	if _, err := c.Photos.Order(ctx, c.Actor, in.ID, in.Photos, 0, c.Now); err != nil {
		return page.Back(photosPath(in.ID), err)
	}
	return page.Done(photosPath(in.ID), "photos-ordered")
}
