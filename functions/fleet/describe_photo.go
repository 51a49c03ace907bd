package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DescribePhoto says what can be seen on a photo.
var DescribePhoto = api.Route{
	Name:    "fleet.describe_photo",
	Method:  http.MethodPatch,
	Path:    "/v1/assets/{id}/photos/{photo}",
	Summary: "Describe a photo",
	About:   "Raises `asset.photos_changed` if it says something new.",
	Allow:   access.EditAssets,
	Faults:  []string{"asset.not_found", "asset.archived", "photo.not_found", "photo.alt", "photo.stale"},
	Handle:  rest.JSON(describePhoto),
}

type describePhotoInput struct {
	ID    string `path:"id"`
	Photo string `path:"photo"`
	api.IfMatch
	Body describePhotoBody
}

type describePhotoBody struct {
	Alt string `json:"alt" doc:"What can be seen, for who cannot see it; at most 300 characters" example:"Front left, doors closed"`
}

func describePhoto(ctx context.Context, c *api.Call, in describePhotoInput) (photosView, error) {
	version, err := in.Version()
	if err != nil {
		return photosView{}, err
	}
	a, err := c.Photos.Describe(ctx, c.Actor, in.ID, in.Photo, in.Body.Alt, version, c.Now)
	return viewPhotos(ctx, c, a, err)
}
