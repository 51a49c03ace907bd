package seed

import (
	"context"

	"motorpool/shared/fleet"
	"motorpool/shared/location"
)

// categories are enough that each call which ends one has one of its own.
var categories = []struct{ name, slug string }{
	{"Family cars", "family-cars"},
	{"Estates", "estates"},
	{"Coupes", "coupes"},
	{"Minivans", "minivans"},
	{"Vans", "vans"},
	{"Cabriolets", "cabriolets"},
	{"Sports cars", "sports-cars"},
	{"Luxury cars", "luxury-cars"},
	{"Utes", "utes"},
}

// vehicles are enough that each call which changes one has one of its own.
var vehicles = []struct {
	number, make, model, category string
	bookable                      bool
}{
	{"HC-101", "Toyota", "Camry", "family-cars", true},
	{"HC-102", "Mazda", "6", "family-cars", false},
	{"HC-103", "Kia", "Stonic", "family-cars", false},
	{"HC-104", "Hyundai", "i30", "family-cars", true},
	{"HC-105", "Volkswagen", "Golf", "family-cars", false},
	{"HC-106", "Skoda", "Octavia", "family-cars", false},
	{"HC-107", "Kia", "Carnival", "minivans", false},
	{"HC-108", "Toyota", "HiAce", "vans", false},
	{"HC-109", "Mazda", "MX-5", "sports-cars", false},
	{"HC-110", "Ford", "Ranger", "family-cars", false},
	{"HC-111", "Tesla", "Model 3", "luxury-cars", true},
	{"HC-112", "MG", "MG4", "family-cars", false},
	{"HC-201", "Kia", "EV6", "", false},
	{"HC-202", "Kia", "EV6", "", false},
}

// sites are the locations; YARD is not active.
var sites = []struct{ code, name string }{{"SYD", "Sydney Airport"}, {"CITY", "Sydney City"}, {"YARD", "Old yard"}, {"DEPOT", "Depot"}, {"ANNEX", "Annex"}}

// places adds the locations.
func (w *World) places(ctx context.Context, _ string) error {
	at := w.clock.ago(10 * day)
	for _, l := range sites {
		made, err := w.App.Locations.Create(ctx, w.Actor, location.Details{Name: l.name, Code: l.code, TimeZone: "Australia/Sydney"}, at)
		if err == nil && l.code == "YARD" {
			made, err = w.App.Locations.Deactivate(ctx, w.Actor, made.ID, 0, at)
		}
		if err != nil {
			return err
		}
		w.Locations[l.code] = made
	}
	return nil
}

// stock adds the categories and the vehicles, all at the airport: what is open
// for booking has a home.
func (w *World) stock(ctx context.Context, _ string) error {
	at := w.clock.ago(10 * day)
	for _, c := range categories {
		made, err := w.Fleet.CreateCategory(ctx, w.Actor, fleet.CategoryDetails{Name: c.name, Slug: c.slug}, at)
		if err != nil {
			return err
		}
		w.Categories[c.slug] = made
	}
	for _, v := range vehicles {
		d := fleet.AssetDetails{Type: "car", Number: v.number, Make: v.make, Model: v.model, Year: 2025, DistanceUnit: "km", HomeLocation: w.Locations["SYD"].ID}
		if v.category != "" {
			d.PrimaryCategory = w.Categories[v.category].ID
			d.Categories = []string{d.PrimaryCategory}
		}
		made, err := w.Fleet.Create(ctx, w.Actor, d, at)
		if err == nil && v.bookable {
			made, err = w.Fleet.SwitchBooking(ctx, w.Actor, made.ID, true, 0, at)
		}
		if err != nil {
			return err
		}
		w.Assets[v.number] = made
	}
	return nil
}
