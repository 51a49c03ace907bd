package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// RemovePhoto takes a photo from an asset.
var RemovePhoto = api.Route{
	Name:    "fleet.remove_photo",
	Method:  http.MethodDelete,
	Path:    "/v1/assets/{id}/photos/{photo}",
	Summary: "Remove a photo",
	About:   "The file itself is gone an hour or two later. Raises `asset.photo_removed`.",
	Allow:   access.EditAssets,
	Status:  http.StatusNoContent,
	Faults:  []string{"asset.not_found", "asset.archived", "photo.not_found", "photo.stale"},
	Handle:  rest.JSON(removePhoto),
}

type removePhotoInput struct {
	ID    string `path:"id"`
	Photo string `path:"photo"`
	api.IfMatch
}

func removePhoto(ctx context.Context, c *api.Call, in removePhotoInput) (api.None, error) {
	version, err := in.Version()
	if err != nil {
		return api.None{}, err
	}
	_, err = c.Photos.Remove(ctx, c.Actor, in.ID, in.Photo, version, c.Now)
	return api.None{}, err
}
