package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// OrderPhotos puts an asset's photos into another order.
var OrderPhotos = api.Route{
	Name:    "fleet.order_photos",
	Method:  http.MethodPut,
	Path:    "/v1/assets/{id}/photos/order",
	Summary: "Order an asset's photos",
	About:   "Name each photo once; the first is the cover from then on. Raises `asset.photos_changed` if the order is another.",
	Allow:   access.EditAssets,
	Faults:  []string{"asset.not_found", "asset.archived", "photo.order", "photo.stale"},
	Handle:  rest.JSON(orderPhotos),
}

type orderPhotosInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body orderPhotosBody
}

type orderPhotosBody struct {
	Photos []string `json:"photos" nullable:"false" maxItems:"20" doc:"The ids of all photos, in the order that you want"`
}

func orderPhotos(ctx context.Context, c *api.Call, in orderPhotosInput) (photosView, error) {
	version, err := in.Version()
	if err != nil {
		return photosView{}, err
	}
	a, err := c.Photos.Order(ctx, c.Actor, in.ID, in.Body.Photos, version, c.Now)
	return viewPhotos(ctx, c, a, err)
}
