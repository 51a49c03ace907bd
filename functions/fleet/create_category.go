package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fleet"
)

// CreateCategory adds a label for assets.
var CreateCategory = api.Route{
	Name:    "fleet.create_category",
	Method:  http.MethodPost,
	Path:    "/v1/categories",
	Summary: "Add a category",
	About:   "There are two levels: a category whose parent has no parent. Raises `category.created`.",
	Allow:   access.EditAssets,
	Status:  http.StatusCreated,
	Faults:  []string{"category.name", "category.slug", "category.parent", "category.levels", "category.slug_taken"},
	Handle:  rest.JSON(createCategory),
}

type createCategoryInput struct {
	Body fleet.CategoryDetails
}

func createCategory(ctx context.Context, c *api.Call, in createCategoryInput) (categoryView, error) {
	cat, err := c.Fleet.CreateCategory(ctx, c.Actor, in.Body, c.Now)
	return categoryViewOf(cat), err
}
