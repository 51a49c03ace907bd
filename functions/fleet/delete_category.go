package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DeleteCategory removes a category that nothing names.
var DeleteCategory = api.Route{
	Name:    "fleet.delete_category",
	Method:  http.MethodDelete,
	Path:    "/v1/categories/{id}",
	Summary: "Delete a category",
	About:   "Refused while assets, archived ones included, are in it, or while it has subcategories: merge it into another category instead. Raises `category.deleted`.",
	Allow:   access.EditAssets,
	Status:  http.StatusNoContent,
	Faults:  []string{"category.not_found", "category.stale", "category.in_use", "category.has_subcategories", "category.merging"},
	Handle:  rest.JSON(deleteCategory),
}

type deleteCategoryInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func deleteCategory(ctx context.Context, c *api.Call, in deleteCategoryInput) (api.None, error) {
	version, err := in.Version()
	if err != nil {
		return api.None{}, err
	}
	return api.None{}, c.Fleet.DeleteCategory(ctx, c.Actor, in.ID, version, c.Now)
}
