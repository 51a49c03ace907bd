package events

import "time"

// Asset is a vehicle as the outside sees it: the object of asset events and
// the answer of the API.
type Asset struct {
	ID                 string             `json:"id" doc:"The asset's identifier" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	VIN                string             `json:"vin,omitempty" doc:"Vehicle identification number or serial number, upper case; no other asset in service has it" example:"6T1BF3EK50X123456"`
	Number             string             `json:"number,omitempty" doc:"Your fleet or unit number; no other asset in service has it" example:"C-014"`
	Name               string             `json:"name,omitempty" doc:"What you call it" example:"Airport Camry"`
	Registration       *AssetRegistration `json:"registration,omitempty" doc:"The plate it drives under"`
	Type               string             `json:"type" doc:"What kind of thing it is: car, van, truck, trailer, scooter, e-bike, boat, forklift, other, or a word of your own" example:"car"`
	Make               string             `json:"make" example:"Toyota"`
	Model              string             `json:"model" example:"Camry"`
	Variant            string             `json:"variant,omitempty" example:"Ascent Sport Hybrid"`
	Year               int                `json:"year,omitempty" doc:"Model year" example:"2025"`
	Colour             string             `json:"colour,omitempty" example:"Glacier White"`
	Body               string             `json:"body,omitempty" example:"sedan"`
	Transmission       string             `json:"transmission,omitempty" example:"automatic"`
	Fuel               string             `json:"fuel,omitempty" example:"hybrid"`
	Doors              int                `json:"doors,omitempty" example:"4"`
	Seats              int                `json:"seats,omitempty" example:"5"`
	Engine             string             `json:"engine,omitempty" doc:"Engine or battery" example:"2.5 L hybrid"`
	TyreSize           string             `json:"tyre_size,omitempty" example:"215/55R17"`
	KeyNumber          string             `json:"key_number,omitempty" example:"K-2201"`
	RRP                *Money             `json:"rrp,omitempty" doc:"Recommended retail price when new"`
	Ownership          string             `json:"ownership,omitempty" enum:"owned,leased,consigned" example:"owned"`
	Acquisition        *AssetAcquisition  `json:"acquisition,omitempty" doc:"What it was bought for and when"`
	HoldingCost        *Money             `json:"holding_cost,omitempty" doc:"What keeping it costs a month"`
	WarrantyExpires    string             `json:"warranty_expires,omitempty" format:"date" doc:"The last day of the maker's warranty" example:"2030-11-14"`
	Disposal           *AssetDisposal     `json:"disposal,omitempty" doc:"What it was sold for, when, and what selling it cost"`
	DistanceUnit       string             `json:"distance_unit" doc:"What its odometer counts" enum:"km,mi" example:"km"`
	Tags               []string           `json:"tags,omitempty" nullable:"false"`
	Notes              string             `json:"notes,omitempty"`
	CustomFields       map[string]string  `json:"custom_fields,omitempty" doc:"Fields of your own"`
	PrimaryCategory    string             `json:"primary_category,omitempty" doc:"The one of its categories that its price comes from" example:"cat_01k9x3v7q2m8r4t6w0y5z1a3b6"`
	Categories         []string           `json:"categories" doc:"The categories it is in; it is in their parents too" nullable:"false"`
	HomeLocation       string             `json:"home_location,omitempty" doc:"Where it belongs" example:"loc_01k9x3v7q2m8r4t6w0y5z1a3c1"`
	CurrentLocation    string             `json:"current_location,omitempty" doc:"Where it is" example:"loc_01k9x3v7q2m8r4t6w0y5z1a3c1"`
	LocatedAt          time.Time          `json:"located_at,omitzero" doc:"Since when it is there"`
	AvailableLocations []string           `json:"available_locations,omitempty" doc:"Where customers can pick it up; absent where it is at home only" nullable:"false"`
	BookingEnabled     bool               `json:"booking_enabled" doc:"Whether it may be booked"`
	BookingSwitchedAt  time.Time          `json:"booking_switched_at,omitzero" doc:"When booking was last switched on or off"`
	Status             string             `json:"status" doc:"What follows from the rest. What it is doing just now, reserved, on_booking, overdue_return or in_maintenance, is in answers of the API and in no event, because time changes it" enum:"available,unavailable,archived,reserved,on_booking,overdue_return,in_maintenance"`
	Cover              string             `json:"cover,omitempty" doc:"The first of its photos" example:"att_01k9x3v7q2m8r4t6w0y5z1a3d1"`
	ArchivedAt         time.Time          `json:"archived_at,omitzero" doc:"When it left the fleet for good"`
	CreatedAt          time.Time          `json:"created_at"`
	UpdatedAt          time.Time          `json:"updated_at"`
	Version            int64              `json:"version" doc:"Counts the changes; the ETag. Events may arrive out of order: the highest version is the latest" example:"1"`
}

// AssetRegistration is the plate a vehicle drives under.
type AssetRegistration struct {
	Plate   string `json:"plate,omitempty" example:"CAM 014"`
	State   string `json:"state,omitempty" doc:"State or country that issued it" example:"NSW"`
	Expires string `json:"expires,omitempty" format:"date" example:"2027-02-28"`
}

// Money is money in minor units.
type Money struct {
	Minor    int64  `json:"minor" doc:"In the smallest unit of the currency: cents" example:"4599000"`
	Currency string `json:"currency" doc:"ISO 4217" example:"AUD"`
}

// AssetAcquisition is how an asset came into the fleet.
type AssetAcquisition struct {
	Price *Money `json:"price,omitempty"`
	Date  string `json:"date,omitempty" format:"date" example:"2025-11-14"`
}

// AssetDisposal is how an asset left the fleet.
type AssetDisposal struct {
	Date  string `json:"date,omitempty" format:"date" example:"2028-11-14"`
	Price *Money `json:"price,omitempty"`
	Cost  *Money `json:"cost,omitempty"`
}

func (a Asset) link() Link {
	return Link{ID: a.ID, Type: "asset", URL: "/v1/assets/" + a.ID}
}
