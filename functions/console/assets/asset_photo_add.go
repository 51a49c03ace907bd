package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetPhotoAdd makes uploads the last of a vehicle's photos.
var AssetPhotoAdd = api.Route{
	Name:    "console.asset_photo_add",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/photos",
	Summary: "Add uploaded photos",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetPhotoAdd),
}

type assetPhotoAddInput struct {
	ID   string   `path:"id"`
	File []string `form:"file"`
}

func assetPhotoAdd(ctx context.Context, c *api.Call, in assetPhotoAddInput) (api.Answer, error) {
	for _, id := range in.File {
		if _, err := c.Photos.Add(ctx, c.Actor, in.ID, id, "", 0, c.Now); err != nil {
			return page.Back(photosPath(in.ID), err)
		}
	}
	return page.Done(photosPath(in.ID), "photos-added")
}
