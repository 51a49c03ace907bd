package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetPhotoRemove takes a photo from a vehicle.
var AssetPhotoRemove = api.Route{
	Name:    "console.asset_photo_remove",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/photos/{photo}/remove",
	Summary: "Remove a photo",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetPhotoRemove),
}

type assetPhotoRemoveInput struct {
	ID    string `path:"id"`
	Photo string `path:"photo"`
}

func assetPhotoRemove(ctx context.Context, c *api.Call, in assetPhotoRemoveInput) (api.Answer, error) {
	if _, err := c.Photos.Remove(ctx, c.Actor, in.ID, in.Photo, 0, c.Now); err != nil {
		return page.Back(photosPath(in.ID), err)
	}
	return page.Done(photosPath(in.ID), "photo-removed")
}
