package assets

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
	"motorpool/shared/location"
)

// AssetList shows the fleet.
var AssetList = api.Route{
	Name:    "console.asset_list",
	Method:  http.MethodGet,
	Path:    "/assets",
	Summary: "The fleet",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetList),
}

type assetListView struct {
	look.Frame
	Acts     []look.Act
	Filters  []look.Field
	Filtered bool
	Rows     []assetRow
	Assign   []look.Field // where those that are ticked can be sent; empty if nowhere
	Pager    look.Pager
	Empty    look.Empty
}

type assetRow struct {
	ID, Title, To, Sub string
	Status             look.Badge
	Plate, Type, At    string
	Categories         []string
	Cover              string
	Updated            look.Moment
}

var assetListPage = look.Page(files, "asset_list")

func assetList(ctx context.Context, c *api.Call, in record.AssetListInput) (api.Answer, error) {
	f, err := page.Frame(ctx, c, look.Frame{Title: "Assets", Section: "assets", Toast: page.News(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	categories, err := record.AllCategories(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	places, err := record.AllLocations(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	filter := fleet.AssetFilter{Q: page.Trim(in.Q), Status: fleet.Status(in.Status), At: c.Now, Category: in.Category, Type: in.Type, Location: in.Location, ByNumber: true}
	list, next, err := c.Fleet.Assets(ctx, c.Actor, filter, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	v := assetListView{Frame: f, Filters: in.Filters(categories, places), Filtered: in.Q+in.Status+in.Category+in.Type+in.Location != ""}
	if f.May(access.ManageLocations) && len(places) > 0 && in.Status != string(fleet.Archived) {
		v.Assign = assignFields(places)
	}
	v.Acts = record.Exporting(f, "assets", "q", in.Q, "status", in.Status, "category", in.Category, "type", in.Type, "location", in.Location, "sort", "number")
	if f.May(access.EditAssets) {
		v.Acts = append(v.Acts, look.Act{Text: "Import", Icon: "inbox", To: record.ImportsPath}, look.Act{Text: "Add asset", Icon: "plus", To: "/assets/new", Tone: "main"})
	}
	names := map[string]string{}
	for _, c := range categories {
		names[c.ID] = c.Name
	}
	for _, l := range places {
		names[l.ID] = l.Name
	}
	status := c.Fleet.Statuses(c.Actor.Workspace, c.Now)
	for _, a := range list {
		is, err := status(ctx, a)
		if err != nil {
			return api.Answer{}, err
		}
		row := assetRowOf(f.Clock, a, names)
		row.Status = record.AssetBadge(is)
		row.Cover = record.CoverOf(ctx, c, a.Cover, standIn(a, categories), attachment.Small)
		v.Rows = append(v.Rows, row)
	}
	v.Pager = page.Pager(look.Count(len(list), "asset", "assets"), in.Cursor, next, "/assets", "q", in.Q, "status", in.Status, "category", in.Category, "type", in.Type, "location", in.Location)
	v.Empty = record.NoAssets(v.Filtered, next != "", f.May(access.EditAssets))
	return page.Show(assetListPage, v)
}

// assignFields are asked when assets are ticked.
func assignFields(places []*location.Location) []look.Field {
	var open []*location.Location
	for _, l := range places {
		if l.Active() {
			open = append(open, l)
		}
	}
	return []look.Field{
		{Name: "what", Label: "Those ticked", Type: "select", Options: []look.Option{
			{Value: "home", Text: "belong to"}, {Value: "current", Text: "are now at"}, {Value: "available", Text: "can be picked up only at"},
		}},
		{Name: "location", Label: "Location", Type: "select", Options: record.LocationOptions(open)},
	}
}

func assetRowOf(clock look.Clock, a *fleet.Asset, names map[string]string) assetRow {
	r := assetRow{ID: a.ID, At: names[a.CurrentLocation], Title: a.Title(), To: record.AssetPath(a.ID), Sub: vehicleInWords(a), Status: record.AssetBadge(a.Status()), Plate: a.Registration.Plate, Type: page.TitleOf(a.Type), Updated: clock.Ago(a.Updated)}
	for _, id := range a.Categories {
		if name := names[id]; name != "" {
			r.Categories = append(r.Categories, name)
		}
	}
	return r
}

// vehicleInWords is "2025 Toyota Camry Ascent Sport Hybrid, Glacier White".
func vehicleInWords(a *fleet.Asset) string {
	s := page.Trim(page.Number(a.Year) + " " + a.Make + " " + a.Model)
	if a.Variant != "" {
		s += " " + a.Variant
	}
	if a.Colour != "" {
		s += ", " + a.Colour
	}
	return s
}
