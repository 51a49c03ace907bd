package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetPhotoDescribe says what can be seen on a photo.
var AssetPhotoDescribe = api.Route{
	Name:    "console.asset_photo_describe",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/photos/{photo}/describe",
	Summary: "Describe a photo",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetPhotoDescribe),
}

type assetPhotoDescribeInput struct {
	ID    string `path:"id"`
	Photo string `path:"photo"`
	Alt   string `form:"alt"`
}

func assetPhotoDescribe(ctx context.Context, c *api.Call, in assetPhotoDescribeInput) (api.Answer, error) {
	if _, err := c.Photos.Describe(ctx, c.Actor, in.ID, in.Photo, in.Alt, 0, c.Now); err != nil {
		return page.Back(photosPath(in.ID), err)
	}
	return page.Done(photosPath(in.ID), "photo-described")
}
