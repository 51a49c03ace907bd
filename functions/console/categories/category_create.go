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

// CategoryCreate adds a category.
var CategoryCreate = api.Route{
	Name:    "console.category_create",
	Method:  http.MethodPost,
	Path:    "/categories",
	Summary: "Add a category",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(categoryCreate),
}

func categoryCreate(ctx context.Context, c *api.Call, in categoryFields) (api.Answer, error) {
	var d fleet.CategoryDetails
	err := in.describe(&d)
	if err == nil {
		_, err = c.Fleet.CreateCategory(ctx, c.Actor, d, c.Now)
	}
	switch {
	case page.Mine(err):
		return newCategoryForm(ctx, c, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(record.CategoriesPath, "category-created")
}
