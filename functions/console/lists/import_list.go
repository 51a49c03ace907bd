package lists

import (
	"context"
	"net/http"
	"net/url"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ImportList takes a file, and shows those that were taken before.
var ImportList = api.Route{
	Name:    "console.import_list",
	Method:  http.MethodGet,
	Path:    "/imports",
	Summary: "Import vehicles",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(importList),
}

type importListInput struct {
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type importListView struct {
	look.Frame
	Wrong string // why a file was not taken
	Rows  []importRow
	Pager look.Pager
}

type importRow struct {
	To, Name, Sub string
	Status        look.Badge
	By            string
	At            look.Moment
}

func importPath(id string) string { return record.ImportsPath + "/" + url.PathEscape(id) }

var importListPage = look.Page(files, "import_list")

func importList(ctx context.Context, c *api.Call, in importListInput) (api.Answer, error) {
	v, err := in.view(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(importListPage, v)
}

func (in importListInput) view(ctx context.Context, c *api.Call) (importListView, error) {
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Import vehicles", Section: "assets", Crumbs: []look.Link{{Text: "Assets", To: "/assets"}}, Toast: page.News(in.Did),
		Lead: "Bring a list that you have elsewhere. Nothing changes before you have seen what would happen.",
	})
	if err != nil {
		return importListView{}, err
	}
	v := importListView{Frame: f}
	list, next, err := c.Imports.Imports(ctx, c.Actor, in.Cursor, 20)
	if err != nil {
		return v, err
	}
	for _, i := range list {
		name := i.Name
		if name == "" {
			name = "A file"
		}
		v.Rows = append(v.Rows, importRow{To: importPath(i.ID), Name: name, Sub: look.Count(i.Total, "row", "rows"), Status: importBadge(i.State), By: i.By.Name, At: f.Ago(i.Created)})
	}
	v.Pager = page.Pager(look.Count(len(list), "import", "imports"), in.Cursor, next, record.ImportsPath)
	return v, nil
}
