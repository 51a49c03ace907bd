package categories

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// CategoryMerge moves everything in a category into another one and deletes it.
var CategoryMerge = api.Route{
	Name:    "console.category_merge",
	Method:  http.MethodPost,
	Path:    "/categories/{id}/merge",
	Summary: "Merge a category into another",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(categoryMerge),
}

type categoryMergeInput struct {
	ID   string `path:"id"`
	Into string `form:"into"`
}

func categoryMerge(ctx context.Context, c *api.Call, in categoryMergeInput) (api.Answer, error) {
	for {
		m, err := c.Fleet.Merge(ctx, c.Actor, in.ID, in.Into, c.Now)
		if err != nil {
			return page.Back(record.CategoryPath(in.ID), err)
		}
		if m.Done {
			return page.Done(record.CategoryPath(in.Into), "category-merged")
		}
	}
}
