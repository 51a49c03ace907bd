package lists

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/importing"
	"motorpool/shared/sheet"
)

// ImportPage shows how far an import is, and offers the next step.
var ImportPage = api.Route{
	Name:    "console.import_page",
	Method:  http.MethodGet,
	Path:    "/imports/{id}",
	Summary: "An import",
	Allow:   access.EditAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(importPage),
}

type importPageInput struct {
	ID     string `path:"id"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type importPageView struct {
	look.Frame
	Self, Status string
	Badge        look.Badge
	Live         bool
	Done, Total  int
	Problem      *look.Notice
	Ignored      string
	Columns      []importColumn // while they can be mapped
	Counts       []look.Pair
	Rows         []importMistake
	Older        string
	Errors       string // where the file of refused rows is
	Apply, Again bool
	Cancel       bool
}

type importColumn struct {
	ID, Letter, Name, Samples string
	Fields                    []look.Option
}

type importMistake struct {
	Row         int
	Badge       look.Badge
	What, Asset string
}

var importPagePage = look.Page(files, "import_page")

func importPage(ctx context.Context, c *api.Call, in importPageInput) (api.Answer, error) {
	v, err := in.view(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	return page.Show(importPagePage, v)
}

func (in importPageInput) view(ctx context.Context, c *api.Call) (importPageView, error) {
	i, err := c.Imports.Import(ctx, c.Actor, in.ID)
	if err != nil {
		return importPageView{}, err
	}
	name := i.Name
	if name == "" {
		name = "Import"
	}
	f, err := page.Frame(ctx, c, look.Frame{
		Title: name, Section: "assets", Crumbs: []look.Link{{Text: "Assets", To: "/assets"}, {Text: "Imports", To: record.ImportsPath}}, Toast: page.News(in.Did),
		Refreshes: i.State.Working(), Reloads: i.State.Working(),
	})
	if err != nil {
		return importPageView{}, err
	}
	v := importPageView{
		Frame: f, Self: importPath(i.ID), Badge: importBadge(i.State), Live: i.State.Working(), Done: i.Done, Total: i.Total,
		Ignored: strings.Join(i.Ignored, ", "), Apply: i.State == importing.Checked && i.Expected.Created+i.Expected.Updated > 0,
		Cancel: i.State != importing.Applied && i.State != importing.Cancelled && i.State != importing.Cancelling && i.State != importing.Failed,
	}
	if i.State == importing.Failed {
		v.Problem = &look.Notice{Tone: "bad", Title: "This file was not imported.", Text: i.Reason, Links: []look.Link{{Text: "Upload another one", To: record.ImportsPath}}}
	}
	if i.State == importing.Mapping || i.State == importing.Checked {
		fields, err := c.Imports.Fields(c.Actor, i.Kind)
		if err != nil {
			return v, err
		}
		v.Columns, v.Again = columnsOf(i, fields), i.State == importing.Checked
	}
	if i.Run > 0 && !v.Live && i.State != importing.Mapping {
		return v, v.results(ctx, c, i, in.Cursor)
	}
	return v, nil
}

// columnsOf is the table in which columns are mapped.
func columnsOf(i *importing.Import, fields []importing.Field) (all []importColumn) {
	for n, name := range i.Header {
		col := importColumn{ID: "column-" + page.Number(n+1), Letter: sheet.Letter(n), Name: name}
		var seen []string
		for _, row := range i.Samples {
			if n < len(row) && page.Trim(row[n]) != "" {
				seen = append(seen, row[n])
			}
		}
		col.Samples = strings.Join(seen, " · ")
		options := []look.Option{{Text: "Leave it out"}}
		for _, f := range fields {
			switch {
			case !f.Open:
				label := f.Label
				if f.Required {
					label += " *"
				}
				options = append(options, look.Option{Value: f.Name, Text: label})
			case strings.HasPrefix(i.Mapping[n], f.Name):
				options = append(options, look.Option{Value: i.Mapping[n], Text: f.Label + ": " + strings.TrimPrefix(i.Mapping[n], f.Name)})
			case ownName(name) != "":
				options = append(options, look.Option{Value: f.Name + ownName(name), Text: f.Label + ": " + ownName(name)})
			}
		}
		col.Fields = look.Choose(i.Mapping[n], options...)
		all = append(all, col)
	}
	return all
}

// ownName is the name of a field of one's own for a column; empty if it makes none.
func ownName(column string) string {
	words := strings.FieldsFunc(strings.ToLower(column), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	name := strings.Join(words, "_")
	if name == "" || name[0] < 'a' || len(name) > 40 {
		return ""
	}
	return name
}

// results shows what the dry run found, or what was done.
func (v *importPageView) results(ctx context.Context, c *api.Call, i *importing.Import, cursor string) error {
	v.Counts = outcomes(i.Counts, i.State == importing.Checked)
	if i.Errors {
		v.Errors = v.Self + "/errors"
	}
	list, next, err := c.Imports.Rows(ctx, c.Actor, i.ID, "", cursor, 200)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(r importing.Row) bool { return r.Outcome == importing.Refused })
	if cursor == "" { // what was refused comes first; the error file has all of it
		refused, _, err := c.Imports.Rows(ctx, c.Actor, i.ID, importing.Refused, "", 200)
		if err != nil {
			return err
		}
		list = append(refused, list...)
	}
	for _, r := range list {
		m := importMistake{Row: r.Number, What: r.InWords(), Badge: look.Badge{Tone: "bad", Icon: "cross", Text: "Refused"}}
		if r.Outcome != importing.Refused {
			if len(r.Warnings) == 0 {
				continue
			}
			m.What, m.Badge = strings.Join(r.Warnings, " "), look.Badge{Tone: "warn", Icon: "alert", Text: "Look again"}
		}
		if r.Object != "" && i.State == importing.Applied {
			m.Asset = record.AssetPath(r.Object)
		}
		v.Rows = append(v.Rows, m)
	}
	if next != "" {
		v.Older = page.With(v.Self, "cursor", next)
	}
	return nil
}
