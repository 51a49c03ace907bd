package fleet

import (
	"context"
	"net/http"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fleet"
)

// ListCategories shows the categories in their sort order.
var ListCategories = api.Route{
	Name:    "fleet.list_categories",
	Method:  http.MethodGet,
	Path:    "/v1/categories",
	Summary: "List categories",
	About:   "Both levels in one list: arrange them by `parent`.",
	Allow:   access.ViewAssets,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listCategories),
}

type listCategoriesInput struct {
	api.Paging
	Parent string `query:"parent" doc:"Only the subcategories of this category"`
	Active string `query:"active" enum:"true,false"`
}

func listCategories(ctx context.Context, c *api.Call, in listCategoriesInput) (api.List[events.Category], error) {
	f := fleet.CategoryFilter{Parent: in.Parent, Active: yesOrNo(in.Active)}
	page, next, err := c.Fleet.Categories(ctx, c.Actor.Workspace, f, in.Cursor, in.Limit)
	return listOf(page, next, (*fleet.Category).Object), err
}
