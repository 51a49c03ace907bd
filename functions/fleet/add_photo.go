package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// AddPhoto makes an upload the last of an asset's photos.
var AddPhoto = api.Route{
	Name:    "fleet.add_photo",
	Method:  http.MethodPost,
	Path:    "/v1/assets/{id}/photos",
	Summary: "Add a photo to an asset",
	About:   "Upload it for the purpose `photo` first: `POST /v1/uploads`. The same one again changes nothing. Raises `asset.photo_added`.",
	Allow:   access.EditAssets,
	Status:  http.StatusCreated,
	Faults: []string{
		"asset.not_found", "asset.archived", "attachment.not_found", "attachment.purpose", "attachment.waiting", "attachment.used",
		"photo.too_many", "photo.alt", "photo.stale",
	},
	Handle: rest.JSON(addPhoto),
}

type addPhotoInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body addPhotoBody
}

type addPhotoBody struct {
	File string `json:"file" doc:"The attachment" example:"att_01k9x3v7q2m8r4t6w0y5z1a3d1"`
	Alt  string `json:"alt,omitempty" doc:"What can be seen, for who cannot see it; at most 300 characters" example:"Front left, doors closed"`
}

func addPhoto(ctx context.Context, c *api.Call, in addPhotoInput) (photosView, error) {
	version, err := in.Version()
	if err != nil {
		return photosView{}, err
	}
	a, err := c.Photos.Add(ctx, c.Actor, in.ID, in.Body.File, in.Body.Alt, version, c.Now)
	return viewPhotos(ctx, c, a, err)
}
