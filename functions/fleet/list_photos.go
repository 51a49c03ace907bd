package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListPhotos shows an asset's photos in their order.
var ListPhotos = api.Route{
	Name:    "fleet.list_photos",
	Method:  http.MethodGet,
	Path:    "/v1/assets/{id}/photos",
	Summary: "List an asset's photos",
	About:   "All of them, at most 20. The first is the cover; without one, the image of the primary category stands in.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.not_found"},
	Handle:  rest.JSON(listPhotos),
}

func listPhotos(ctx context.Context, c *api.Call, in byID) (photosView, error) {
	a, err := c.Photos.Album(ctx, c.Actor, in.ID)
	return viewPhotos(ctx, c, a, err)
}
