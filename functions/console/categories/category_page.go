package categories

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/attachment"
	"motorpool/shared/fleet"
)

// CategoryPage shows one category as the form that changes it.
var CategoryPage = api.Route{
	Name:    "console.category_page",
	Method:  http.MethodGet,
	Path:    "/categories/{id}",
	Summary: "One category",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(categoryPage),
}

type categoryPageInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
	record.Uploads
}

func categoryPage(ctx context.Context, c *api.Call, in categoryPageInput) (api.Answer, error) {
	cat, err := c.Fleet.Category(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	return editCategoryForm(ctx, c, cat, categoryFieldsOf(cat), in.Did, nil, in.Uploads)
}

func editCategoryForm(ctx context.Context, c *api.Call, cat *fleet.Category, in categoryFields, did string, because error, sent record.Uploads) (api.Answer, error) {
	v, all, err := in.form(ctx, c, look.Frame{Title: cat.Name, Section: "categories", Crumbs: []look.Link{toCategories}, Toast: page.News(did)}, because)
	if err != nil {
		return api.Answer{}, err
	}
	v.Action, v.Do = record.CategoryPath(cat.ID), "Save changes"
	v.Acts = []look.Act{{Text: "Assets in it", Icon: "car", To: page.With("/assets", "category", cat.ID)}}
	if v.May(access.EditAssets) {
		v.Image = &categoryImageView{
			Action: record.CategoryPath(cat.ID) + "/image", Src: record.CoverOf(ctx, c, cat.Image, "", attachment.Small), Ready: sent.Ready(),
			Files: sent.Control(attachment.Photo, record.CategoryPath(cat.ID), "category-image", "Upload an image"),
		}
		v.Image.Files.Send = true
	}
	var others []look.Option
	for _, o := range all {
		if o.ID != cat.ID && o.Parent != cat.ID {
			others = append(others, look.Option{Value: o.ID, Text: o.Name})
		}
	}
	if len(others) > 0 {
		v.Acts = append(v.Acts, look.Act{Text: "Merge into another", Icon: "merge", Dialog: "merge"})
		v.Merge = &look.Dialog{
			ID: "merge", Title: "Merge " + cat.Name + " into another category?", Action: record.CategoryPath(cat.ID) + "/merge", Do: "Merge", Danger: true,
			Text:   "Every asset in it moves to the other one, archived assets too, and " + cat.Name + " is deleted. This cannot be undone.",
			Fields: []look.Field{{Name: "into", Label: "Into", Type: "select", Options: others}},
		}
	}
	if v.May(access.ArchiveAssets) {
		v.Acts = append(v.Acts, look.Act{Text: "Delete", Icon: "bin", Dialog: "delete", Tone: "risky"})
		v.Delete = &look.Dialog{
			ID: "delete", Title: "Delete " + cat.Name + "?", Action: record.CategoryPath(cat.ID) + "/delete", Do: "Delete", Danger: true,
			Text: "Only a category that nothing is in can be deleted. Merge it into another one to keep its assets sorted.",
		}
	}
	if because != nil {
		return page.Again(categoryFormPage, v)
	}
	return page.Show(categoryFormPage, v)
}
