package console

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
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
	Handle:  page(categoryPage),
}

type categoryPageInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
	uploads
}

func categoryPage(ctx context.Context, c *api.Call, in categoryPageInput) (api.Answer, error) {
	cat, err := c.Fleet.Category(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	return editCategoryForm(ctx, c, cat, categoryFieldsOf(cat), in.Did, nil, in.uploads)
}

func editCategoryForm(ctx context.Context, c *api.Call, cat *fleet.Category, in categoryFields, did string, because error, sent uploads) (api.Answer, error) {
	v, all, err := in.form(ctx, c, look.Frame{Title: cat.Name, Section: "categories", Crumbs: []look.Link{toCategories}, Toast: news(did)}, because)
	if err != nil {
		return api.Answer{}, err
	}
	v.Action, v.Do = categoryPath(cat.ID), "Save changes"
	v.Acts = []look.Act{{Text: "Assets in it", Icon: "car", To: with("/assets", "category", cat.ID)}}
	if v.May(access.EditAssets) {
		v.Image = &categoryImageView{
			Action: categoryPath(cat.ID) + "/image", Src: coverOf(ctx, c, cat.Image, "", attachment.Small), Ready: sent.ready(),
			Files: sent.control(attachment.Photo, categoryPath(cat.ID), "category-image", "Upload an image"),
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
			ID: "merge", Title: "Merge " + cat.Name + " into another category?", Action: categoryPath(cat.ID) + "/merge", Do: "Merge", Danger: true,
			Text:   "Every asset in it moves to the other one, archived assets too, and " + cat.Name + " is deleted. This cannot be undone.",
			Fields: []look.Field{{Name: "into", Label: "Into", Type: "select", Options: others}},
		}
	}
	if v.May(access.ArchiveAssets) {
		v.Acts = append(v.Acts, look.Act{Text: "Delete", Icon: "bin", Dialog: "delete", Tone: "risky"})
		v.Delete = &look.Dialog{
			ID: "delete", Title: "Delete " + cat.Name + "?", Action: categoryPath(cat.ID) + "/delete", Do: "Delete", Danger: true,
			Text: "Only a category that nothing is in can be deleted. Merge it into another one to keep its assets sorted.",
		}
	}
	if because != nil {
		return again(categoryFormPage, v)
	}
	return show(categoryFormPage, v)
}
