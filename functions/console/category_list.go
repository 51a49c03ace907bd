package console

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// CategoryList shows the categories that assets are in.
var CategoryList = api.Route{
	Name:    "console.category_list",
	Method:  http.MethodGet,
	Path:    "/categories",
	Summary: "Categories",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page(categoryList),
}

type categoryListInput struct {
	Did string `query:"did"`
}

type categoryListView struct {
	look.Frame
	Add   look.Act
	Rows  []categoryRow
	Empty look.Empty
}

type categoryRow struct {
	Name, To, Slug string
	Part           bool
	Active         look.Badge
	Website        string
	Assets         string // where those in it are listed
	Description    string
}

var categoryListPage = look.Page(files, "category_list")

func categoryList(ctx context.Context, c *api.Call, in categoryListInput) (api.Answer, error) {
	f, err := frame(ctx, c, look.Frame{
		Title: "Categories", Section: "categories", Toast: news(in.Did),
		Lead: "Packages and prices come from categories. An asset can be in several; one of them prices it.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := categoryListView{Frame: f, Empty: look.Empty{Icon: "tag", Title: "No categories yet", Text: "Sort your fleet the way customers choose: small SUV, van, premium. An asset needs one before it can be booked."}}
	if f.May(access.EditAssets) {
		v.Add = look.Act{Text: "Add category", Icon: "plus", To: categoriesPath + "/new", Tone: "main"}
		v.Empty.Links = []look.Link{{Text: "Add category", To: categoriesPath + "/new"}}
	}
	all, err := allCategories(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	for _, c := range all {
		r := categoryRow{Name: c.Name, To: categoryPath(c.ID), Slug: c.Slug, Part: c.Parent != "", Active: activeBadge(c), Description: c.Description, Assets: with("/assets", "category", c.ID), Website: "No"}
		if c.ShowOnWebsite {
			r.Website = "Yes"
		}
		v.Rows = append(v.Rows, r)
	}
	return show(categoryListPage, v)
}
