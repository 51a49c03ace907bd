package assets

import (
	"slices"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/fleet"
)

var assetFormPage = look.Page(files, "asset_form")

type assetFormView struct {
	look.Frame
	Action, Cancel, Do string
	Version            int64
	Wrong              *look.Notice
	Groups             []page.FieldGroup
	Categories         []look.Option
	CategoryWrong      string
	Primary            look.Field
}

// form is the form with what is filled in and what is wrong.
func (in assetFields) form(f look.Frame, categories []*fleet.Category, because error) assetFormView {
	fields := slices.Concat(in.identity(), in.vehicle(), in.business())
	cut := [2]int{len(in.identity()), len(in.identity()) + len(in.vehicle())}
	extra := []look.Field{{Name: "categories"}, in.primary(categories)}
	fields = append(fields, extra...)
	v := assetFormView{Frame: f, Version: in.Version, Wrong: page.Wrong(because, fields)}
	last := len(fields) - 2
	v.Groups = []page.FieldGroup{{Title: "Identity", Fields: fields[:cut[0]]}, {Title: "Vehicle", Fields: fields[cut[0]:cut[1]]}, {Title: "Business", Fields: fields[cut[1]:last]}}
	v.CategoryWrong, v.Primary = fields[last].Wrong, fields[last+1]
	for _, c := range categories {
		o := look.Option{Value: c.ID, Text: c.Name, Chosen: slices.Contains(in.Categories, c.ID)}
		if c.Parent != "" {
			o.Text = "↳ " + c.Name
		}
		v.Categories = append(v.Categories, o)
	}
	return v
}

func (in assetFields) identity() []look.Field {
	return []look.Field{
		{Name: "number", Label: "Fleet number", Value: in.Number, Placeholder: "C-014", Max: 40},
		{Name: "name", Label: "Name", Value: in.Name, Placeholder: "Airport Camry", Max: 100, Hint: "What you call it, if you do."},
		{Name: "vin", Label: "VIN", Value: in.VIN, Mono: true, Max: 40, Hint: "Or the serial number. No other asset in service may have it."},
		{Name: "registration.plate", Label: "Plate", Value: in.Plate, Mono: true, Max: 20},
		{Name: "registration.state", Label: "State", Value: in.State, Placeholder: "NSW", Max: 30},
		{Name: "registration.expires", Label: "Registered until", Value: in.PlateExpires, Type: "date"},
	}
}

func (in assetFields) vehicle() []look.Field {
	types := []look.Option{}
	for _, t := range fleet.Types {
		types = append(types, look.Option{Value: t, Text: page.TitleOf(t)})
	}
	if in.Type != "" && !slices.Contains(fleet.Types, in.Type) {
		types = append(types, look.Option{Value: in.Type, Text: in.Type})
	}
	return []look.Field{
		{Name: "type", Label: "Type", Type: "select", Required: true, Options: look.Choose(in.Type, types...)},
		{Name: "make", Label: "Make", Value: in.Make, Required: true, Max: 60, Placeholder: "Toyota"},
		{Name: "model", Label: "Model", Value: in.Model, Required: true, Max: 60, Placeholder: "Camry"},
		{Name: "variant", Label: "Variant", Value: in.Variant, Max: 100, Placeholder: "Ascent Sport Hybrid"},
		{Name: "year", Label: "Year", Value: in.Year, Type: "number"},
		{Name: "colour", Label: "Colour", Value: in.Colour, Max: 60},
		{Name: "body", Label: "Body", Value: in.Body, Max: 60, Placeholder: "sedan"},
		{Name: "transmission", Label: "Transmission", Value: in.Transmission, Max: 30, Options: page.Options("automatic", "manual", "cvt", "dct")},
		{Name: "fuel", Label: "Energy", Value: in.Fuel, Max: 30, Options: page.Options("petrol", "diesel", "hybrid", "phev", "electric", "hydrogen")},
		{Name: "engine", Label: "Engine or battery", Value: in.Engine, Max: 100},
		{Name: "seats", Label: "Seats", Value: in.Seats, Type: "number"},
		{Name: "doors", Label: "Doors", Value: in.Doors, Type: "number"},
		{Name: "tyre_size", Label: "Tyre size", Value: in.TyreSize, Max: 60},
		{Name: "distance_unit", Label: "Odometer counts", Type: "select", Options: look.Choose(in.DistanceUnit, look.Option{Value: "km", Text: "Kilometres"}, look.Option{Value: "mi", Text: "Miles"})},
	}
}

func (in assetFields) business() []look.Field {
	return []look.Field{
		{Name: "ownership", Label: "Ownership", Type: "select", Options: look.Choose(in.Ownership, append([]look.Option{{Text: "Not said"}}, page.Options(fleet.Ownerships...)...)...)},
		{Name: "acquisition.date", Label: "Acquired on", Value: in.Bought, Type: "date"},
		{Name: "acquisition.price", Label: "Acquisition price", Value: in.Price, Placeholder: "AUD 41500.00"},
		{Name: "holding_cost", Label: "Holding cost a month", Value: in.HoldingCost, Placeholder: "AUD 610.00"},
		{Name: "rrp", Label: "Recommended retail price", Value: in.RRP, Placeholder: "AUD 45990.00"},
		{Name: "warranty_expires", Label: "Warranty until", Value: in.Warranty, Type: "date", Hint: "The maker's. A reminder follows it."},
		{Name: "disposal.date", Label: "Sold on", Value: in.Sold, Type: "date"},
		{Name: "disposal.price", Label: "Sold for", Value: in.SoldFor, Placeholder: "AUD 23100.00"},
		{Name: "disposal.cost", Label: "Cost of selling it", Value: in.SaleCost, Placeholder: "AUD 450.00"},
		{Name: "key_number", Label: "Key number", Value: in.KeyNumber, Max: 60},
		{Name: "tags", Label: "Tags", Value: in.Tags, Hint: "With commas between.", Placeholder: "airport, premium"},
		{
			Name: "custom_fields", Label: "Fields of your own", Value: in.CustomFields, Type: "textarea", Wide: true, Placeholder: "service_plan: gold\nfuel_card: 7711",
			Hint: "One a line: a name in lower-case letters, digits and underscores, a colon, and what it says.",
		},
		{Name: "notes", Label: "Notes", Value: in.Notes, Type: "textarea", Wide: true, Max: 10_000},
	}
}

func (in assetFields) primary(categories []*fleet.Category) look.Field {
	list := []look.Option{{Text: "The only one chosen"}}
	for _, c := range categories {
		list = append(list, look.Option{Value: c.ID, Text: c.Name})
	}
	return look.Field{
		Name: "primary_category", Label: "Priced by", Type: "select", Options: look.Choose(in.Primary, list...),
		Hint: "If it is in several categories: the one that its price comes from.",
	}
}
