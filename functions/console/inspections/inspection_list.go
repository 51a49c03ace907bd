package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/inspection"
)

// InspectionList shows inspections, newest first.
var InspectionList = api.Route{
	Name:    "console.inspection_list",
	Method:  http.MethodGet,
	Path:    "/inspections",
	Summary: "Inspections",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inspectionList),
}

type inspectionListInput struct {
	Asset  string `query:"asset"`
	State  string `query:"state"`
	Kind   string `query:"kind"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type inspectionListView struct {
	look.Frame
	Acts     []look.Act
	Tabs     []look.Tab
	Asset    string
	Filters  []look.Field
	Filtered bool
	Rows     []inspectionRow
	Pager    look.Pager
	Empty    look.Empty
}

var inspectionListPage = look.Page(files, "inspection_list")

func inspectionList(ctx context.Context, c *api.Call, in inspectionListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Inspections", Section: "inspections", Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	v := inspectionListView{Frame: f, Asset: in.Asset, Filters: in.filters(), Filtered: in.State+in.Kind != ""}
	if in.Asset != "" {
		a, err := c.Fleet.Find(ctx, c.Actor, in.Asset)
		if err != nil {
			return api.Answer{}, err
		}
		v.Title, v.Section, v.Crumbs = "Inspections of "+a.Title(), "assets", []look.Link{record.ToAssets, {Text: a.Title(), To: record.AssetPath(a.ID)}}
		v.Tabs = record.AssetTabs(f, record.AssetPath(a.ID), "inspections")
	}
	v.Acts = record.Exporting(f, "inspections", "asset", in.Asset, "state", in.State, "kind", in.Kind)
	if f.May(access.DoInspections) {
		v.Acts = append(v.Acts, look.Act{Text: "Inspect", Icon: "plus", To: page.With("/inspections/new", "asset", in.Asset), Tone: "main"})
	}
	if f.May(access.ManageInspections) {
		v.Acts = append(v.Acts, look.Act{Text: "Templates", Icon: "edit", To: "/inspection-templates"})
	}
	filter := inspection.Filter{Asset: in.Asset, State: inspection.State(in.State), Kind: inspection.Kind(in.Kind)}
	list, next, err := c.Inspections.Inspections(ctx, c.Actor, filter, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	cars := map[string]string{}
	for _, i := range list {
		v.Rows = append(v.Rows, inspectionRowOf(ctx, c, f.Clock, i, cars))
	}
	v.Pager = page.Pager(look.Count(len(list), "inspection", "inspections"), in.Cursor, next, "/inspections", "asset", in.Asset, "state", in.State, "kind", in.Kind)
	v.Empty = look.Empty{Icon: "eye", Title: "Nothing was inspected", Text: "Inspect a vehicle when it is handed over and when it comes back: with photos, damage and signatures, on a phone."}
	if v.Filtered {
		v.Empty = look.Empty{Icon: "search", Title: "Nothing matches", Text: "No inspection is like that.", Links: []look.Link{{Text: "Clear the filters", To: page.With("/inspections", "asset", in.Asset)}}}
	} else if f.May(access.DoInspections) {
		v.Empty.Links = []look.Link{{Text: "Inspect", To: page.With("/inspections/new", "asset", in.Asset)}}
	}
	return page.Show(inspectionListPage, v)
}

func (in inspectionListInput) filters() []look.Field {
	states, kinds := []look.Option{{Text: "Any state"}}, []look.Option{{Text: "Any kind"}}
	for _, s := range inspection.States {
		states = append(states, look.Option{Value: string(s), Text: inspectionBadge(s).Text})
	}
	for _, k := range inspection.KindsOf {
		kinds = append(kinds, look.Option{Value: string(k), Text: kindName(k)})
	}
	return []look.Field{
		{Name: "state", Label: "State", Type: "select", Options: look.Choose(in.State, states...)},
		{Name: "kind", Label: "Kind", Type: "select", Options: look.Choose(in.Kind, kinds...)},
	}
}
