package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// AssetPhotoMove puts a photo further forward or back.
var AssetPhotoMove = api.Route{
	Name:    "console.asset_photo_move",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/photos/{photo}/move",
	Summary: "Move a photo",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetPhotoMove),
}

type assetPhotoMoveInput struct {
	ID    string `path:"id"`
	Photo string `path:"photo"`
	By    int    `form:"by"`
}

func assetPhotoMove(ctx context.Context, c *api.Call, in assetPhotoMoveInput) (api.Answer, error) {
	if _, err := c.Photos.Move(ctx, c.Actor, in.ID, in.Photo, in.By, c.Now); err != nil {
		return page.Back(photosPath(in.ID), err)
	}
	return page.Done(photosPath(in.ID), "photos-ordered")
}
