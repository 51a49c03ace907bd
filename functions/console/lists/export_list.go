package lists

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/exporting"
)

// ExportList shows the files that the reader asked for.
var ExportList = api.Route{
	Name:    "console.export_list",
	Method:  http.MethodGet,
	Path:    "/exports",
	Summary: "Exports",
	Allow:   access.RunExports,
	Door:    api.SessionDoor,
	Handle:  page.Handler(exportList),
}

type exportListInput struct {
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type exportListView struct {
	look.Frame
	Rows  []exportRow
	Live  bool
	Pager look.Pager
	Empty look.Empty
}

type exportRow struct {
	Name, Sub, File, Note string
	Status                look.Badge
	At, Gone              look.Moment
}

var exportListPage = look.Page(files, "export_list")

func exportList(ctx context.Context, c *api.Call, in exportListInput) (api.Answer, error) {
	list, next, err := c.Exports.Exports(ctx, c.Actor, in.Cursor, 50, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	live := slices.ContainsFunc(list, func(e *exporting.Export) bool { return e.State == exporting.Running })
	f, err := page.Frame(ctx, c, look.Frame{
		Title: "Exports", Section: "exports", Toast: page.News(in.Did), Refreshes: live, Reloads: live,
		Lead: "Your lists as CSV. Only you see them, and each is kept for 24 hours.",
	})
	if err != nil {
		return api.Answer{}, err
	}
	v := exportListView{Frame: f, Live: live, Pager: page.Pager(look.Count(len(list), "export", "exports"), in.Cursor, next, record.ExportsPath)}
	v.Empty = look.Empty{Icon: "download", Title: "No exports yet", Text: "Choose Export over a list: it keeps the list's filters.", Links: []look.Link{{Text: "Go to the fleet", To: "/assets"}}}
	for _, e := range list {
		v.Rows = append(v.Rows, exportRowOf(f.Clock, e))
	}
	return page.Show(exportListPage, v)
}

func exportRowOf(clock look.Clock, e *exporting.Export) exportRow {
	r := exportRow{Name: page.TitleOf(e.List), Sub: look.Count(e.Rows, "row", "rows"), Status: record.ExportBadge(string(e.State)), At: clock.Ago(e.Created), Note: e.Reason}
	if e.State == exporting.Ready {
		r.File, r.Gone = record.ExportsPath+"/"+url.PathEscape(e.ID)+"/file", clock.Exact(e.Expires)
	}
	if len(e.Redacted) > 0 {
		r.Note = "Left out, because you may not see it: " + strings.Join(e.Redacted, ", ")
	}
	for _, name := range slices.Sorted(maps.Keys(e.Filters)) {
		r.Sub += ", " + name + ": " + e.Filters[name]
	}
	return r
}
