package categories

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fleet"
)

// CategoryImage gives a category the image that stands in for photos; none takes it away.
var CategoryImage = api.Route{
	Name:    "console.category_image",
	Method:  http.MethodPost,
	Path:    "/categories/{id}/image",
	Summary: "Give a category an image",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(categoryImage),
}

type categoryImageInput struct {
	ID   string   `path:"id"`
	File []string `form:"file"`
}

func categoryImage(ctx context.Context, c *api.Call, in categoryImageInput) (api.Answer, error) {
	image := ""
	if len(in.File) > 0 {
		image = in.File[len(in.File)-1]
	}
	_, err := c.Fleet.EditCategory(ctx, c.Actor, in.ID, func(d *fleet.CategoryDetails) error { d.Image = image; return nil }, 0, c.Now)
	if err != nil {
		return page.Back(record.CategoryPath(in.ID), err)
	}
	return page.Done(record.CategoryPath(in.ID), "category-saved")
}
