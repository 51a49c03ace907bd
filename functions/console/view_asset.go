package console

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

var toAssets = look.Link{Text: "Assets", To: "/assets"}

func assetPath(id string) string { return "/assets/" + url.PathEscape(id) }

func assetBadge(s fleet.Status) look.Badge {
	switch s {
	case fleet.Available:
		return look.Badge{Tone: "ok", Icon: "check", Text: "Available"}
	case fleet.Archived:
		return look.Badge{Icon: "archive", Text: "Archived"}
	case fleet.Reserved:
		return look.Badge{Tone: "info", Icon: "clock", Text: "Reserved"}
	case fleet.OnBooking:
		return look.Badge{Tone: "info", Icon: "key", Text: "On booking"}
	case fleet.OverdueReturn:
		return look.Badge{Tone: "bad", Icon: "alert", Text: "Overdue return"}
	case fleet.InMaintenance:
		return look.Badge{Tone: "warn", Icon: "gear", Text: "In maintenance"}
	}
	return look.Badge{Tone: "warn", Icon: "pause", Text: "Booking off"}
}

// allCategories reads every category, in their order: there are few.
func allCategories(ctx context.Context, c *api.Call) ([]*fleet.Category, error) {
	var all []*fleet.Category
	for cursor := ""; ; {
		page, next, err := c.Fleet.Categories(ctx, c.Actor.Workspace, fleet.CategoryFilter{}, cursor, 200)
		if err != nil {
			return nil, err
		}
		if all = append(all, page...); next == "" || len(all) >= 1000 {
			return nested(all), nil
		}
		cursor = next
	}
}

// nested puts subcategories behind their parents.
func nested(all []*fleet.Category) []*fleet.Category {
	parts := map[string][]*fleet.Category{}
	for _, c := range all {
		parts[c.Parent] = append(parts[c.Parent], c)
	}
	var out []*fleet.Category
	for _, top := range parts[""] {
		out = append(append(out, top), parts[top.ID]...)
	}
	return out
}

// assetFields is the form of an asset as a browser posts it; the names are those
// of the API.
type assetFields struct {
	ID           string   `path:"id"`
	VIN          string   `form:"vin"`
	Number       string   `form:"number"`
	Name         string   `form:"name"`
	Plate        string   `form:"registration.plate"`
	State        string   `form:"registration.state"`
	PlateExpires string   `form:"registration.expires"`
	Type         string   `form:"type"`
	Make         string   `form:"make"`
	Model        string   `form:"model"`
	Variant      string   `form:"variant"`
	Year         string   `form:"year"`
	Colour       string   `form:"colour"`
	Body         string   `form:"body"`
	Transmission string   `form:"transmission"`
	Fuel         string   `form:"fuel"`
	Doors        string   `form:"doors"`
	Seats        string   `form:"seats"`
	Engine       string   `form:"engine"`
	TyreSize     string   `form:"tyre_size"`
	KeyNumber    string   `form:"key_number"`
	DistanceUnit string   `form:"distance_unit"`
	Ownership    string   `form:"ownership"`
	RRP          string   `form:"rrp"`
	Bought       string   `form:"acquisition.date"`
	Price        string   `form:"acquisition.price"`
	HoldingCost  string   `form:"holding_cost"`
	Sold         string   `form:"disposal.date"`
	SoldFor      string   `form:"disposal.price"`
	SaleCost     string   `form:"disposal.cost"`
	CustomFields string   `form:"custom_fields"`
	Tags         string   `form:"tags"`
	Notes        string   `form:"notes"`
	Categories   []string `form:"categories"`
	Primary      string   `form:"primary_category"`
	Version      int64    `form:"version"`
}

func fieldsOf(a *fleet.Asset) assetFields {
	return assetFields{
		ID: a.ID, VIN: a.VIN, Number: a.Number, Name: a.Name, Plate: a.Registration.Plate, State: a.Registration.State,
		PlateExpires: dateText(a.Registration.Expires), Type: a.Type, Make: a.Make, Model: a.Model, Variant: a.Variant, Year: number(a.Year),
		Colour: a.Colour, Body: a.Body, Transmission: a.Transmission, Fuel: a.Fuel, Doors: number(a.Doors), Seats: number(a.Seats),
		Engine: a.Engine, TyreSize: a.TyreSize, KeyNumber: a.KeyNumber, DistanceUnit: a.DistanceUnit, Ownership: a.Ownership,
		RRP: moneyText(a.RRP), Bought: dateText(a.Acquisition.Date), Price: moneyText(a.Acquisition.Price),
		HoldingCost: moneyText(a.HoldingCost), Sold: dateText(a.Disposal.Date), SoldFor: moneyText(a.Disposal.Price), SaleCost: moneyText(a.Disposal.Cost),
		CustomFields: customText(a.CustomFields), Tags: strings.Join(a.Tags, ", "), Notes: a.Notes, Categories: a.Categories, Primary: a.PrimaryCategory, Version: a.Version,
	}
}

// describe puts the form into d and leaves alone what the form does not show.
func (in assetFields) describe(d *fleet.AssetDetails) error {
	bad := fault.New(fault.Invalid, "asset.form", "Some fields are not right.")
	d.VIN, d.Number, d.Name, d.Type, d.Make, d.Model, d.Variant = text(in.VIN), text(in.Number), text(in.Name), text(in.Type), text(in.Make), text(in.Model), text(in.Variant)
	d.Colour, d.Body, d.Engine, d.TyreSize, d.KeyNumber = text(in.Colour), text(in.Body), text(in.Engine), text(in.TyreSize), text(in.KeyNumber)
	d.Transmission, d.Fuel, d.DistanceUnit, d.Ownership, d.Notes = strings.ToLower(text(in.Transmission)), strings.ToLower(text(in.Fuel)), in.DistanceUnit, in.Ownership, text(in.Notes)
	d.Registration.Plate, d.Registration.State = text(in.Plate), text(in.State)
	d.Registration.Expires = date(in.PlateExpires, "registration.expires", bad)
	d.Acquisition.Date, d.Disposal.Date = date(in.Bought, "acquisition.date", bad), date(in.Sold, "disposal.date", bad)
	d.Year, d.Doors, d.Seats = count(in.Year, "year", bad), count(in.Doors, "doors", bad), count(in.Seats, "seats", bad)
	d.RRP, d.Acquisition.Price = amount(in.RRP, "rrp", bad), amount(in.Price, "acquisition.price", bad)
	d.HoldingCost, d.Disposal.Price, d.Disposal.Cost = amount(in.HoldingCost, "holding_cost", bad), amount(in.SoldFor, "disposal.price", bad), amount(in.SaleCost, "disposal.cost", bad)
	d.CustomFields, d.Tags = custom(in.CustomFields, bad), words(in.Tags)
	d.Categories, d.PrimaryCategory = in.Categories, in.Primary
	if len(in.Categories) == 1 {
		d.PrimaryCategory = in.Categories[0]
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

func words(list string) []string {
	var out []string
	for word := range strings.SplitSeq(list, ",") {
		if word = text(word); word != "" {
			out = append(out, word)
		}
	}
	return out
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func count(s, field string, bad *fault.Error) int {
	if text(s) == "" {
		return 0
	}
	n, err := strconv.Atoi(text(s))
	if err != nil {
		bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "Give a whole number."})
	}
	return n
}

func dateText(d span.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func date(s, field string, bad *fault.Error) span.Date {
	if text(s) == "" {
		return span.Date{}
	}
	d, err := span.ParseDate(text(s))
	if err != nil {
		bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "Give a day, for example 2026-11-23."})
	}
	return d
}

func moneyText(a money.Amount) string {
	if a.IsZero() {
		return ""
	}
	return a.String()
}

func amount(s, field string, bad *fault.Error) money.Amount {
	if text(s) == "" {
		return money.Amount{}
	}
	a, err := money.Parse(text(s))
	if err != nil {
		bad.Fields = append(bad.Fields, fault.Field{Name: field, Reason: "Give a currency and an amount, for example AUD 45990.00."})
	}
	return a
}
