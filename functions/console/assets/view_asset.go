package assets

import (
	"strings"

	"motorpool/functions/console/page"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
)

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
	Warranty     string   `form:"warranty_expires"`
	Sold         string   `form:"disposal.date"`
	SoldFor      string   `form:"disposal.price"`
	SaleCost     string   `form:"disposal.cost"`
	CustomFields string   `form:"custom_fields"`
	Tags         string   `form:"tags"`
	Notes        string   `form:"notes"`
	Categories   []string `form:"categories"`
	Primary      string   `form:"primary_category"`
	Home         string   `form:"home_location"` // of a new one: then it is transferred
	Version      int64    `form:"version"`
}

func fieldsOf(a *fleet.Asset) assetFields {
	return assetFields{
		ID: a.ID, VIN: a.VIN, Number: a.Number, Name: a.Name, Plate: a.Registration.Plate, State: a.Registration.State,
		PlateExpires: page.DateText(a.Registration.Expires), Type: a.Type, Make: a.Make, Model: a.Model, Variant: a.Variant, Year: page.Number(a.Year),
		Colour: a.Colour, Body: a.Body, Transmission: a.Transmission, Fuel: a.Fuel, Doors: page.Number(a.Doors), Seats: page.Number(a.Seats),
		Engine: a.Engine, TyreSize: a.TyreSize, KeyNumber: a.KeyNumber, DistanceUnit: a.DistanceUnit, Ownership: a.Ownership,
		RRP: page.MoneyText(a.RRP), Bought: page.DateText(a.Acquisition.Date), Price: page.MoneyText(a.Acquisition.Price),
		HoldingCost: page.MoneyText(a.HoldingCost), Warranty: page.DateText(a.WarrantyExpires), Sold: page.DateText(a.Disposal.Date), SoldFor: page.MoneyText(a.Disposal.Price), SaleCost: page.MoneyText(a.Disposal.Cost),
		CustomFields: customText(a.CustomFields), Tags: strings.Join(a.Tags, ", "), Notes: a.Notes, Categories: a.Categories, Primary: a.PrimaryCategory, Version: a.Version,
	}
}

// describe puts the form into d and leaves alone what the form does not show.
func (in assetFields) describe(d *fleet.AssetDetails) error {
	bad := fault.New(fault.Invalid, "asset.form", "Some fields are not right.")
	d.VIN, d.Number, d.Name, d.Type, d.Make, d.Model, d.Variant = page.Trim(in.VIN), page.Trim(in.Number), page.Trim(in.Name), page.Trim(in.Type), page.Trim(in.Make), page.Trim(in.Model), page.Trim(in.Variant)
	d.Colour, d.Body, d.Engine, d.TyreSize, d.KeyNumber = page.Trim(in.Colour), page.Trim(in.Body), page.Trim(in.Engine), page.Trim(in.TyreSize), page.Trim(in.KeyNumber)
	d.Transmission, d.Fuel, d.DistanceUnit, d.Ownership, d.Notes = strings.ToLower(page.Trim(in.Transmission)), strings.ToLower(page.Trim(in.Fuel)), in.DistanceUnit, in.Ownership, page.Trim(in.Notes)
	d.Registration.Plate, d.Registration.State = page.Trim(in.Plate), page.Trim(in.State)
	d.Registration.Expires = page.Date(in.PlateExpires, "registration.expires", bad)
	d.WarrantyExpires = page.Date(in.Warranty, "warranty_expires", bad)
	d.Acquisition.Date, d.Disposal.Date = page.Date(in.Bought, "acquisition.date", bad), page.Date(in.Sold, "disposal.date", bad)
	d.Year, d.Doors, d.Seats = page.Count(in.Year, "year", bad), page.Count(in.Doors, "doors", bad), page.Count(in.Seats, "seats", bad)
	d.RRP, d.Acquisition.Price = page.Amount(in.RRP, "rrp", bad), page.Amount(in.Price, "acquisition.price", bad)
	d.HoldingCost, d.Disposal.Price, d.Disposal.Cost = page.Amount(in.HoldingCost, "holding_cost", bad), page.Amount(in.SoldFor, "disposal.price", bad), page.Amount(in.SaleCost, "disposal.cost", bad)
	d.CustomFields, d.Tags = custom(in.CustomFields, bad), page.Words(in.Tags)
	d.Categories, d.PrimaryCategory = in.Categories, in.Primary
	if len(in.Categories) == 1 {
		d.PrimaryCategory = in.Categories[0]
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}
