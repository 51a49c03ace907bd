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

// CategoryList shows the categories that assets are in.
var CategoryList = api.Route{
	Name:    "console.category_list",
	Method:  http.MethodGet,
	Path:    "/categories",
	Summary: "Categories",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(categoryList),
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
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Categories", Section: "categories", Toast: page.News(in.Did),
		Lead: "Packages and prices come from categories. An asset can be in several; one of them prices it.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := categoryListView{Frame: f, Empty: look.Empty{Icon: "tag", Title: "No categories yet", Text: "Sort your fleet the way customers choose: small SUV, van, premium. An asset needs one before it can be booked."}}
	if f.May(access.EditAssets) {
		v.Add = look.Act{Text: "Add category", Icon: "plus", To: record.CategoriesPath + "/new", Tone: "main"}
		v.Empty.Links = []look.Link{{Text: "Add category", To: record.CategoriesPath + "/new"}}
	}
	all, err := record.AllCategories(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	for _, c := range all {
		r := categoryRow{Name: c.Name, To: record.CategoryPath(c.ID), Slug: c.Slug, Part: c.Parent != "", Active: activeBadge(c), Description: c.Description, Assets: page.With("/assets", "category", c.ID), Website: "No"}
		if c.ShowOnWebsite {
			r.Website = "Yes"
		}
		v.Rows = append(v.Rows, r)
	}
	return page.Show(categoryListPage, v)
}
