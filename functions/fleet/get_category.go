package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetCategory shows one category.
var GetCategory = api.Route{
	Name:    "fleet.get_category",
	Method:  http.MethodGet,
	Path:    "/v1/categories/{id}",
	Summary: "Get a category",
	Allow:   access.ViewAssets,
	Faults:  []string{"category.not_found"},
	Handle:  rest.JSON(getCategory),
}

func getCategory(ctx context.Context, c *api.Call, in byID) (categoryView, error) {
	cat, err := c.Fleet.Category(ctx, c.Actor.Workspace, in.ID)
	return categoryViewOf(cat), err
}
