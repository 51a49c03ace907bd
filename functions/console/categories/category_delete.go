package categories

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// CategoryDelete removes a category that nothing is in.
var CategoryDelete = api.Route{
	Name:    "console.category_delete",
	Method:  http.MethodPost,
	Path:    "/categories/{id}/delete",
	Summary: "Delete a category",
	Allow:   access.ArchiveAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(categoryDelete),
}

type categoryDeleteInput struct {
	ID string `path:"id"`
}

func categoryDelete(ctx context.Context, c *api.Call, in categoryDeleteInput) (api.Answer, error) {
	if err := c.Fleet.DeleteCategory(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.CategoryPath(in.ID), err)
	}
	return page.Done(record.CategoriesPath, "category-deleted")
}
