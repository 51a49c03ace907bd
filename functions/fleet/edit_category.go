package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fleet"
)

// EditCategory changes what is said of a category.
var EditCategory = api.Route{
	Name:    "fleet.edit_category",
	Method:  http.MethodPatch,
	Path:    "/v1/categories/{id}",
	Summary: "Edit a category",
	About:   "The body is a JSON merge patch (RFC 7396): a field that is absent is left as it is, `null` clears it, an object is merged. Renaming keeps the slug. Raises `category.updated` if anything changed.",
	Allow:   access.EditAssets,
	Faults:  []string{"category.not_found", "category.stale", "category.name", "category.slug", "category.parent", "category.levels", "category.slug_taken"},
	Handle:  rest.JSON(editCategory),
}

type editCategoryInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[fleet.CategoryDetails]
}

func editCategory(ctx context.Context, c *api.Call, in editCategoryInput) (categoryView, error) {
	version, err := in.Version()
	if err != nil {
		return categoryView{}, err
	}
	cat, err := c.Fleet.EditCategory(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return categoryViewOf(cat), err
}
