package console

import (
	"context"
	"net/http"

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
	Handle:  page(assetPhotoOrder),
}

type assetPhotoOrderInput struct {
	ID     string   `path:"id"`
	Photos []string `form:"photo"`
}

func assetPhotoOrder(ctx context.Context, c *api.Call, in assetPhotoOrderInput) (api.Answer, error) {
	if _, err := c.Photos.Order(ctx, c.Actor, in.ID, in.Photos, 0, c.Now); err != nil {
		return back(photosPath(in.ID), err)
	}
	return done(photosPath(in.ID), "photos-ordered")
}
