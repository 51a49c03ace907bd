package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// MergeCategory moves the assets of a category into another one and deletes it.
var MergeCategory = api.Route{
	Name:    "fleet.merge_category",
	Method:  http.MethodPost,
	Path:    "/v1/categories/{id}/merge",
	Summary: "Merge a category",
	About:   "Archived assets are moved too. One call moves at most 500 assets; while `done` is false, send the same call again to go on. Meanwhile nothing can be put into the category. Raises `asset.category_changed` for each asset and, at the end, `category.deleted`.",
	Allow:   access.EditAssets,
	Faults:  []string{"category.not_found", "category.into", "category.has_subcategories", "category.merging", "category.closing"},
	Handle:  rest.JSON(mergeCategory),
}

type mergeCategoryInput struct {
	ID   string `path:"id"`
	Body mergeCategoryBody
}

type mergeCategoryBody struct {
	Into string `json:"into" doc:"The category that takes over the assets" example:"cat_01k9x3v7q2m8r4t6w0y5z1a3b7"`
}

type mergeCategoryOutput struct {
	Moved int  `json:"moved" doc:"Assets that this call moved"`
	Done  bool `json:"done" doc:"Whether the category is gone; otherwise call again"`
}

func mergeCategory(ctx context.Context, c *api.Call, in mergeCategoryInput) (mergeCategoryOutput, error) {
	m, err := c.Fleet.Merge(ctx, c.Actor, in.ID, in.Body.Into, c.Now)
	return mergeCategoryOutput(m), err
}
