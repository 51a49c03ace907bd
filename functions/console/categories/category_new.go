package categories

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// CategoryNew is the form that adds a category.
var CategoryNew = api.Route{
	Name:    "console.category_new",
	Method:  http.MethodGet,
	Path:    "/categories/new",
	Summary: "The form that adds a category",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(categoryNew),
}

func categoryNew(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	return newCategoryForm(ctx, c, categoryFields{Active: true}, nil)
}

func newCategoryForm(ctx context.Context, c *api.Call, in categoryFields, because error) (api.Answer, error) {
	v, _, err := in.form(ctx, c, look.Frame{Title: "Add a category", Section: "categories", Crumbs: []look.Link{toCategories}}, because)
	if err != nil {
		return api.Answer{}, err
	}
	v.Action, v.Do = record.CategoriesPath, "Add category"
	if because != nil {
		return page.Again(categoryFormPage, v)
	}
	return page.Show(categoryFormPage, v)
}
