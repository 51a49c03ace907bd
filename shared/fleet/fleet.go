// Package fleet keeps the vehicles and the categories they are in.
//
// An asset is anything that is rented out: a car, a trailer, a boat. It joins
// the fleet with booking switched off, is described and described anew, and in
// the end is archived, which is for good: to return, it is duplicated. What
// holds at all times:
//
//   - no two assets in service have one VIN, nor one number;
//   - an asset names only categories there are, and one of them as primary;
//   - only an asset that is in a category may be open for booking;
//   - a category's pointers are the assets that name it;
//   - categories have two levels;
//   - an asset names only locations there are, and each of its ways from one to
//     another is remembered.
//
// Whether a booking holds an asset, and whether anything ever referred to it,
// is asked of others, through Bookings and References.
package fleet

import (
	"cmp"
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

// Asset is one vehicle.
type Asset struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	AssetDetails
	BookingEnabled    bool      `json:"booking_enabled,omitempty"`
	BookingSwitchedAt time.Time `json:"booking_switched_at,omitzero"`
	ArchivedAt        time.Time `json:"archived_at,omitzero"`
	Cover             string    `json:"cover,omitempty"`     // the first of its photos: att_…
	LocatedAt         time.Time `json:"located_at,omitzero"` // since when it is at its current location
	Closing           bool      `json:"closing,omitempty"`   // somebody has begun to delete it; see Refer
	Created           time.Time `json:"created"`
	Updated           time.Time `json:"updated"`
	Version           int64     `json:"-"` // counts the changes, this value's included

	was  *Asset         // as it was loaded; nil if it is new
	news []events.Event // what the changes since then have to tell
	way  Way            // what was said of the transfer among them
}

// AssetDetails is what people say of an asset. All of it may be edited.
type AssetDetails struct {
	VIN                string            `json:"vin,omitempty" doc:"Vehicle identification number, or the serial number of what has none: letters, digits and hyphens, made upper case. No other asset in service may have it" example:"6T1BF3EK50X123456"`
	Number             string            `json:"number,omitempty" doc:"Your fleet or unit number. No other asset in service may have it" example:"C-014"`
	Name               string            `json:"name,omitempty" doc:"What you call it" example:"Airport Camry"`
	Registration       Registration      `json:"registration,omitzero" doc:"The plate it drives under"`
	Type               string            `json:"type" doc:"car, van, truck, trailer, scooter, e-bike, boat, forklift, other, or a lower-case word of your own" example:"car"`
	Make               string            `json:"make" example:"Toyota"`
	Model              string            `json:"model" example:"Camry"`
	Variant            string            `json:"variant,omitempty" example:"Ascent Sport Hybrid"`
	Year               int               `json:"year,omitempty" doc:"Model year, from 1886 to the year after next" example:"2025"`
	Colour             string            `json:"colour,omitempty" example:"Glacier White"`
	Body               string            `json:"body,omitempty" example:"sedan"`
	Transmission       string            `json:"transmission,omitempty" doc:"A lower-case word" example:"automatic"`
	Fuel               string            `json:"fuel,omitempty" doc:"A lower-case word" example:"hybrid"`
	Doors              int               `json:"doors,omitempty" example:"4"`
	Seats              int               `json:"seats,omitempty" example:"5"`
	Engine             string            `json:"engine,omitempty" doc:"Engine or battery" example:"2.5 L hybrid"`
	TyreSize           string            `json:"tyre_size,omitempty" example:"215/55R17"`
	KeyNumber          string            `json:"key_number,omitempty" example:"K-2201"`
	RRP                money.Amount      `json:"rrp,omitzero" doc:"Recommended retail price when new"`
	Ownership          string            `json:"ownership,omitempty" doc:"owned, leased or consigned" example:"owned"`
	Acquisition        Purchase          `json:"acquisition,omitzero" doc:"What it was bought for and when"`
	HoldingCost        money.Amount      `json:"holding_cost,omitzero" doc:"What keeping it costs a month"`
	WarrantyExpires    span.Date         `json:"warranty_expires,omitzero" format:"date" doc:"The last day of the maker's warranty; a reminder follows it" example:"2030-11-14"`
	Disposal           Sale              `json:"disposal,omitzero" doc:"What it was sold for, when, and what selling it cost"`
	DistanceUnit       string            `json:"distance_unit,omitempty" doc:"What its odometer counts: km or mi. A new asset counts what the workspace shows distances in, unless you say otherwise" example:"km"`
	Tags               []string          `json:"tags,omitempty" doc:"At most 20"`
	Notes              string            `json:"notes,omitempty" doc:"At most 5,000 characters"`
	CustomFields       map[string]string `json:"custom_fields,omitempty" doc:"Fields of your own: at most 50, of 500 characters, named by lower-case letters, digits and underscores"`
	PrimaryCategory    string            `json:"primary_category,omitempty" doc:"The one of its categories that its price comes from. Needed where there are several" example:"cat_01k9x3v7q2m8r4t6w0y5z1a3b6"`
	Categories         []string          `json:"categories,omitempty" doc:"The categories it is in, at most 20; it is in their parents too"`
	HomeLocation       string            `json:"home_location,omitempty" doc:"Where it belongs. Needed if it is, or can be picked up, anywhere" example:"loc_01k9x3v7q2m8r4t6w0y5z1a3c1"`
	CurrentLocation    string            `json:"current_location,omitempty" doc:"Where it is; at home if you do not say. A change is remembered as a transfer" example:"loc_01k9x3v7q2m8r4t6w0y5z1a3c1"`
	AvailableLocations []string          `json:"available_locations,omitempty" doc:"Where customers can pick it up, at most 20; at home only if you name none"`
}

// Registration is the plate a vehicle drives under.
type Registration struct {
	Plate   string    `json:"plate,omitempty" example:"CAM 014"`
	State   string    `json:"state,omitempty" doc:"State or country that issued it" example:"NSW"`
	Expires span.Date `json:"expires,omitzero" format:"date" example:"2027-02-28"`
}

// Purchase is how an asset came into the fleet.
type Purchase struct {
	Price money.Amount `json:"price,omitzero"`
	Date  span.Date    `json:"date,omitzero" format:"date" example:"2025-11-14"`
}

// Sale is how an asset left the fleet.
type Sale struct {
	Date  span.Date    `json:"date,omitzero" format:"date" example:"2028-11-14"`
	Price money.Amount `json:"price,omitzero"`
	Cost  money.Amount `json:"cost,omitzero"`
}

// Status is what follows from the rest of an asset; nobody sets it.
type Status string

// The statuses there are. What an asset is doing just now is said by its
// calendar, and by no event, because time changes it and nobody does.
const (
	Available     Status = "available"
	Unavailable   Status = "unavailable" // booking is switched off
	Archived      Status = "archived"
	Reserved      Status = "reserved"       // a booking begins soon
	OnBooking     Status = "on_booking"     // somebody has it
	OverdueReturn Status = "overdue_return" // somebody still has it
	InMaintenance Status = "in_maintenance"
)

// Status says what state a is in, whatever it is doing just now.
func (a *Asset) Status() Status {
	switch {
	case !a.ArchivedAt.IsZero():
		return Archived
	case a.BookingEnabled:
		return Available
	}
	return Unavailable
}

// Title is what people call a where there is one line for it.
func (a *Asset) Title() string {
	title := a.Name
	if title == "" {
		title = a.Make + " " + a.Model
	}
	if a.Number != "" {
		title += " (" + a.Number + ")"
	}
	return title
}

// create makes a new asset of what is said of it.
func create(id, workspace string, d AssetDetails, at time.Time) (*Asset, error) {
	a := &Asset{ID: id, Workspace: workspace, Created: at, Updated: at, Version: 1}
	d, err := d.checked(at)
	if err != nil {
		return nil, err
	}
	a.AssetDetails = d
	a.settle("", at)
	a.tell(events.AssetCreated{Object: a.Object()})
	return a, nil
}

// Describe replaces what is said of a. Saying the same again changes nothing.
func (a *Asset) Describe(d AssetDetails, at time.Time) error {
	if err := a.inService(); err != nil {
		return err
	}
	d.DistanceUnit = cmp.Or(d.DistanceUnit, a.DistanceUnit)
	d, err := d.checked(at)
	if err != nil {
		return err
	}
	if a.BookingEnabled && len(d.Categories) == 0 {
		return fault.New(fault.Conflict, "asset.no_category", "An asset that is open for booking needs a category. Switch booking off first, or leave it one.").At("categories")
	}
	if a.BookingEnabled && a.HomeLocation != "" && d.HomeLocation == "" {
		return fault.New(fault.Conflict, "asset.no_location", "An asset that is open for booking belongs to a location. Switch booking off first, or leave it one.").At("home_location")
	}
	was := a.Object()
	a.AssetDetails = d
	a.settle(was.CurrentLocation, at)
	a.tellDescribed(was, at)
	return nil
}

// SwitchBooking opens a for booking, or closes it. Doing what is done already
// changes nothing.
func (a *Asset) SwitchBooking(on bool, at time.Time) error {
	if err := a.inService(); err != nil {
		return err
	}
	if on && len(a.Categories) == 0 {
		return noCategory()
	}
	if on == a.BookingEnabled {
		return nil
	}
	was := a.Object()
	a.BookingEnabled, a.BookingSwitchedAt = on, at
	is, previous := a.changed(was, at)
	if on {
		a.tell(events.AssetBookingEnabled{Object: is, Previous: previous})
	} else {
		a.tell(events.AssetBookingDisabled{Object: is, Previous: previous})
	}
	return nil
}

// Archive takes a out of the fleet, for good, and out of booking.
func (a *Asset) Archive(at time.Time) error {
	if err := a.inService(); err != nil {
		return err
	}
	was := a.Object()
	a.ArchivedAt = at
	if a.BookingEnabled {
		a.BookingEnabled, a.BookingSwitchedAt = false, at
	}
	is, previous := a.changed(was, at)
	a.tell(events.AssetArchived{Object: is, Previous: previous})
	return nil
}

// recategorise puts a into one category instead of another; archived assets too.
func (a *Asset) recategorise(from, into string, at time.Time) {
	was := a.Object()
	a.Categories = replaced(a.Categories, from, into)
	if a.PrimaryCategory == from {
		a.PrimaryCategory = into
	}
	a.tellDescribed(was, at)
}

// duplicate makes a new asset like a. What belongs to the one vehicle (VIN,
// plate, keys, purchase) is copied only from an archived asset, because then it
// is the same vehicle that returns; the sale never is.
func (a *Asset) duplicate(id, number string, at time.Time) *Asset {
	d := &Asset{ID: id, Workspace: a.Workspace, AssetDetails: a.clone(), Created: at, Updated: at, Version: 1}
	d.Number, d.Disposal = number, Sale{}
	if a.Status() != Archived {
		d.VIN, d.KeyNumber, d.Registration, d.Acquisition, d.WarrantyExpires = "", "", Registration{}, Purchase{}, span.Date{}
		d.CurrentLocation = d.HomeLocation
	}
	d.settle("", at)
	d.tell(events.AssetDuplicated{Object: d.Object(), Original: a.ID})
	return d
}

func (a *Asset) inService() error {
	if a.Status() == Archived {
		return fault.New(fault.Conflict, "asset.archived", "This asset is archived and can no longer be changed. Duplicate it to bring it back into the fleet.")
	}
	return nil
}
