package fleet

import (
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/money"
)

func (a *Asset) tell(e events.Event) { a.news = append(a.news, e) }

// changed counts a change and returns a as it now is and, by name, what was
// different before.
func (a *Asset) changed(was events.Asset, at time.Time) (events.Asset, events.Previous) {
	a.Version++
	a.Updated = at
	is := a.Object()
	return is, events.Differences(was, is)
}

// tellDescribed tells what is different since was: each changed field in one
// event, the categories and the locations in one of their own.
func (a *Asset) tellDescribed(was events.Asset, at time.Time) {
	if len(events.Differences(was, a.Object())) == 0 {
		return
	}
	is, rest := a.changed(was, at)
	sorted := take(rest, "categories", "primary_category")
	placed := take(rest, "home_location", "current_location", "located_at", "available_locations")
	if len(rest) > 0 {
		a.tell(events.AssetUpdated{Object: is, Previous: rest})
	}
	if len(sorted) > 0 {
		a.tell(events.AssetCategoryChanged{Object: is, Previous: sorted})
	}
	if len(placed) > 0 {
		a.tell(events.AssetLocationChanged{Object: is, Previous: placed})
	}
}

// take takes the fields with these names out of all.
func take(all events.Previous, names ...string) events.Previous {
	out := events.Previous{}
	for _, name := range names {
		if old, ok := all[name]; ok {
			out[name] = old
			delete(all, name)
		}
	}
	return out
}

// Object is a as the outside sees it: in events and in answers of the API.
func (a *Asset) Object() events.Asset {
	return events.Asset{
		ID: a.ID, VIN: a.VIN, Number: a.Number, Name: a.Name,
		Registration: outside(a.Registration, func(r Registration) events.AssetRegistration {
			return events.AssetRegistration{Plate: r.Plate, State: r.State, Expires: r.Expires.String()}
		}),
		Type: a.Type, Make: a.Make, Model: a.Model, Variant: a.Variant, Year: a.Year, Colour: a.Colour, Body: a.Body,
		Transmission: a.Transmission, Fuel: a.Fuel, Doors: a.Doors, Seats: a.Seats, Engine: a.Engine,
		TyreSize: a.TyreSize, KeyNumber: a.KeyNumber, RRP: price(a.RRP), Ownership: a.Ownership,
		Acquisition: outside(a.Acquisition, func(p Purchase) events.AssetAcquisition {
			return events.AssetAcquisition{Price: price(p.Price), Date: p.Date.String()}
		}),
		HoldingCost: price(a.HoldingCost), WarrantyExpires: a.WarrantyExpires.String(),
		Disposal: outside(a.Disposal, func(s Sale) events.AssetDisposal {
			return events.AssetDisposal{Date: s.Date.String(), Price: price(s.Price), Cost: price(s.Cost)}
		}),
		DistanceUnit: a.DistanceUnit, Tags: a.Tags, Notes: a.Notes, CustomFields: a.CustomFields,
		PrimaryCategory: a.PrimaryCategory, Categories: append([]string{}, a.Categories...),
		HomeLocation: a.HomeLocation, CurrentLocation: a.CurrentLocation, LocatedAt: a.LocatedAt, AvailableLocations: a.AvailableLocations,
		BookingEnabled: a.BookingEnabled, BookingSwitchedAt: a.BookingSwitchedAt,
		Cover: a.Cover, Status: string(a.Status()), ArchivedAt: a.ArchivedAt,
		CreatedAt: a.Created, UpdatedAt: a.Updated, Version: a.Version,
	}
}

func price(m money.Amount) *events.Money {
	return outside(m, func(m money.Amount) events.Money { return events.Money{Minor: m.Minor, Currency: m.Currency} })
}

// outside is nil for what is not given.
func outside[In comparable, Out any](in In, show func(In) Out) *Out {
	if in == *new(In) {
		return nil
	}
	out := show(in)
	return &out
}

// replaced puts into where from was, and only once.
func replaced(list []string, from, into string) []string {
	var out []string
	for _, id := range list {
		if id == from {
			id = into
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}
