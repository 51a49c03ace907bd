package categories

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// CategorySave changes a category, unless somebody else has meanwhile.
var CategorySave = api.Route{
	Name:    "console.category_save",
	Method:  http.MethodPost,
	Path:    "/categories/{id}",
	Summary: "Change a category",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(categorySave),
}

func categorySave(ctx context.Context, c *api.Call, in categoryFields) (api.Answer, error) {
	_, err := c.Fleet.EditCategory(ctx, c.Actor, in.ID, in.describe, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(record.CategoryPath(in.ID), err)
	case page.Mine(err):
		cat, lost := c.Fleet.Category(ctx, c.Actor.Workspace, in.ID)
		if lost != nil {
			return api.Answer{}, lost
		}
		return editCategoryForm(ctx, c, cat, in, "", err, record.Uploads{})
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(record.CategoriesPath, "category-saved")
}
