package console

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
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
	Handle:  page(assetList),
}

type assetListInput struct {
	Q        string `query:"q"`
	Status   string `query:"status"`
	Category string `query:"category"`
	Type     string `query:"type"`
	Location string `query:"location"`
	Cursor   string `query:"cursor"`
	Did      string `query:"did"`
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

func assetList(ctx context.Context, c *api.Call, in assetListInput) (api.Answer, error) {
	f, err := frame(ctx, c, look.Frame{Title: "Assets", Section: "assets", Toast: news(in.Did)})
	if err != nil {
		return api.Answer{}, err
	}
	categories, err := allCategories(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	places, err := allLocations(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	filter := fleet.AssetFilter{Q: text(in.Q), Status: fleet.Status(in.Status), At: c.Now, Category: in.Category, Type: in.Type, Location: in.Location, ByNumber: true}
	list, next, err := c.Fleet.Assets(ctx, c.Actor, filter, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	v := assetListView{Frame: f, Filters: in.filters(categories, places), Filtered: in.Q+in.Status+in.Category+in.Type+in.Location != ""}
	if f.May(access.ManageLocations) && len(places) > 0 && in.Status != string(fleet.Archived) {
		v.Assign = assignFields(places)
	}
	if f.May(access.RunExports) {
		v.Acts = append(v.Acts, look.Act{Text: "Export", Icon: "download", Post: exportsPath, Hidden: in.exported()})
	}
	if f.May(access.EditAssets) {
		v.Acts = append(v.Acts, look.Act{Text: "Import", Icon: "inbox", To: importsPath}, look.Act{Text: "Add asset", Icon: "plus", To: "/assets/new", Tone: "main"})
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
		row.Status = assetBadge(is)
		row.Cover = coverOf(ctx, c, a.Cover, standIn(a, categories), attachment.Small)
		v.Rows = append(v.Rows, row)
	}
	v.Pager = pager(look.Count(len(list), "asset", "assets"), in.Cursor, next, "/assets", "q", in.Q, "status", in.Status, "category", in.Category, "type", in.Type, "location", in.Location)
	v.Empty = noAssets(v.Filtered, next != "", f.May(access.EditAssets))
	return show(assetListPage, v)
}

func (in assetListInput) filters(categories []*fleet.Category, places []*location.Location) []look.Field {
	inCategory := []look.Option{{Text: "All categories"}}
	for _, c := range categories {
		inCategory = append(inCategory, look.Option{Value: c.ID, Text: c.Name})
	}
	return []look.Field{
		{Name: "q", Label: "Search", Value: in.Q, Type: "search", Placeholder: "Number, plate or VIN", Search: true},
		{Name: "status", Label: "Status", Type: "select", Options: look.Choose(in.Status,
			look.Option{Text: "In service"}, look.Option{Value: string(fleet.Available), Text: "Available"},
			look.Option{Value: string(fleet.Reserved), Text: "Reserved"}, look.Option{Value: string(fleet.OnBooking), Text: "On booking"},
			look.Option{Value: string(fleet.OverdueReturn), Text: "Overdue return"}, look.Option{Value: string(fleet.InMaintenance), Text: "In maintenance"},
			look.Option{Value: string(fleet.Unavailable), Text: "Booking off"}, look.Option{Value: string(fleet.Archived), Text: "Archived"})},
		{Name: "category", Label: "Category", Type: "select", Options: look.Choose(in.Category, inCategory...)},
		{Name: "type", Label: "Type", Type: "select", Options: look.Choose(in.Type, append([]look.Option{{Text: "All types"}}, options(fleet.Types...)...)...)},
		{Name: "location", Label: "Location", Type: "select", Options: look.Choose(in.Location, append([]look.Option{{Text: "All locations"}}, locationOptions(places)...)...)},
	}
}

func locationOptions(places []*location.Location) []look.Option {
	var all []look.Option
	for _, l := range places {
		all = append(all, look.Option{Value: l.ID, Text: l.Name})
	}
	return all
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
		{Name: "location", Label: "Location", Type: "select", Options: locationOptions(open)},
	}
}

func assetRowOf(clock look.Clock, a *fleet.Asset, names map[string]string) assetRow {
	r := assetRow{ID: a.ID, At: names[a.CurrentLocation], Title: a.Title(), To: assetPath(a.ID), Sub: vehicleInWords(a), Status: assetBadge(a.Status()), Plate: a.Registration.Plate, Type: titleOf(a.Type), Updated: clock.Ago(a.Updated)}
	for _, id := range a.Categories {
		if name := names[id]; name != "" {
			r.Categories = append(r.Categories, name)
		}
	}
	return r
}

// vehicleInWords is "2025 Toyota Camry Ascent Sport Hybrid, Glacier White".
func vehicleInWords(a *fleet.Asset) string {
	s := text(number(a.Year) + " " + a.Make + " " + a.Model)
	if a.Variant != "" {
		s += " " + a.Variant
	}
	if a.Colour != "" {
		s += ", " + a.Colour
	}
	return s
}

// exported are the filters that an export of the list keeps.
func (in assetListInput) exported() []look.Option {
	return []look.Option{
		{Text: "list", Value: "assets"},
		{Text: "q", Value: in.Q},
		{Text: "status", Value: in.Status},
		{Text: "category", Value: in.Category},
		{Text: "type", Value: in.Type},
		{Text: "location", Value: in.Location},
	}
}

func noAssets(filtered, more, add bool) look.Empty {
	e := look.Empty{Icon: "car", Title: "Your fleet begins here", Text: "Add the first vehicle. It joins with booking switched off, so nothing can go wrong."}
	switch {
	case more:
		return look.Empty{Icon: "search", Title: "Nothing so far", Text: "This part of the fleet holds nothing that matches. Go on below."}
	case filtered:
		return look.Empty{Icon: "search", Title: "Nothing matches", Text: "No asset is like that. The search looks at the beginning of numbers, plates and VINs.", Links: []look.Link{{Text: "Clear the filters", To: "/assets"}}}
	case add:
		e.Links = []look.Link{{Text: "Add asset", To: "/assets/new"}, {Text: "Import a list", To: importsPath}}
	}
	return e
}
