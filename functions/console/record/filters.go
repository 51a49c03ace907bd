package record

import (
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/fleet"
	"motorpool/shared/location"
)

// AssetListInput is the address of a list of assets: its filters, and where it goes on.
type AssetListInput struct {
	Q        string `query:"q"`
	Status   string `query:"status"`
	Category string `query:"category"`
	Type     string `query:"type"`
	Location string `query:"location"`
	Cursor   string `query:"cursor"`
	Did      string `query:"did"`
}

// Filters are the fields that narrow a list of assets.
func (in AssetListInput) Filters(categories []*fleet.Category, places []*location.Location) []look.Field {
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
		{Name: "type", Label: "Type", Type: "select", Options: look.Choose(in.Type, append([]look.Option{{Text: "All types"}}, page.Options(fleet.Types...)...)...)},
		{Name: "location", Label: "Location", Type: "select", Options: look.Choose(in.Location, append([]look.Option{{Text: "All locations"}}, LocationOptions(places)...)...)},
	}
}

// LocationOptions are locations to choose from.
func LocationOptions(places []*location.Location) []look.Option {
	var all []look.Option
	for _, l := range places {
		all = append(all, look.Option{Value: l.ID, Text: l.Name})
	}
	return all
}

// Exporting is the button that asks for a list as a file, with the filters that
// it is shown with; nothing for who may not export.
func Exporting(f look.Frame, list string, pairs ...string) []look.Act {
	if !f.May(access.RunExports) {
		return nil
	}
	for i, value := range pairs {
		pairs[i] = page.Trim(value)
	}
	filters := strings.TrimPrefix(page.With("", pairs...), "?")
	return []look.Act{{Text: "Export", Icon: "download", Post: ExportsPath, Hidden: []look.Option{{Text: "list", Value: list}, {Text: "filters", Value: filters}}}}
}

// NoAssets is what a list of assets says that has none.
func NoAssets(filtered, more, add bool) look.Empty {
	e := look.Empty{Icon: "car", Title: "Your fleet begins here", Text: "Add the first vehicle. It joins with booking switched off, so nothing can go wrong."}
	switch {
	case more:
		return look.Empty{Icon: "search", Title: "Nothing so far", Text: "This part of the fleet holds nothing that matches. Go on below."}
	case filtered:
		return look.Empty{Icon: "search", Title: "Nothing matches", Text: "No asset is like that. The search looks at the beginning of numbers, plates and VINs.", Links: []look.Link{{Text: "Clear the filters", To: "/assets"}}}
	case add:
		e.Links = []look.Link{{Text: "Add asset", To: "/assets/new"}, {Text: "Import a list", To: ImportsPath}}
	}
	return e
}
