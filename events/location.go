package events

import "time"

// Location is a place that the operator works from, as the outside sees it: the
// object of location events and the answer of the API.
type Location struct {
	ID              string           `json:"id" doc:"The location's identifier" example:"loc_01k9x3v7q2m8r4t6w0y5z1a3c1"`
	Name            string           `json:"name" example:"Sydney Airport"`
	Code            string           `json:"code,omitempty" doc:"A short name; no other location has it" example:"SYD"`
	Email           string           `json:"email,omitempty" example:"sydney@harbourcars.example"`
	Phone           string           `json:"phone,omitempty" example:"+61 2 5550 1234"`
	Website         string           `json:"website,omitempty" example:"https://harbourcars.example/sydney"`
	Address         *PlaceAddress    `json:"address,omitempty" doc:"Where customers go"`
	TimeZone        string           `json:"time_zone" doc:"An IANA name" example:"Australia/Sydney"`
	Geo             *PlaceGeo        `json:"geo,omitempty"`
	Hours           *PlaceHours      `json:"hours,omitempty" doc:"When it is open, in its own time; absent where it is always open"`
	Closures        []PlaceClosure   `json:"closures,omitempty" doc:"Days on which it is closed whatever its hours" nullable:"false"`
	PickupAllowed   bool             `json:"pickup_allowed" doc:"Whether vehicles may be picked up here"`
	DropoffAllowed  bool             `json:"dropoff_allowed" doc:"Whether vehicles may be returned here"`
	AfterHoursFee   *Money           `json:"after_hours_fee,omitempty" doc:"What a pickup or return outside of the hours costs; absent where there are none"`
	Instructions    string           `json:"instructions,omitempty" doc:"What customers are told about getting there"`
	Programs        []string         `json:"programs,omitempty" doc:"What is offered here; absent where it is all: rental, subscription" nullable:"false"`
	PickupRules     PlacePickupRules `json:"pickup_rules" doc:"When customers may pick up, for each programme"`
	LegalName       string           `json:"legal_name,omitempty" doc:"What invoices call it; absent where it is the name" example:"Harbour Cars Pty Ltd"`
	InvoiceAddress  *PlaceAddress    `json:"invoice_address,omitempty" doc:"What invoices print; absent where it is the address"`
	InvoiceFootnote string           `json:"invoice_footnote,omitempty" doc:"At the foot of each invoice" example:"ABN 12 345 678 901"`
	Active          bool             `json:"active"`
	InactiveSince   time.Time        `json:"inactive_since,omitzero" doc:"When it was deactivated"`
	CreatedAt       time.Time        `json:"created_at"`
	UpdatedAt       time.Time        `json:"updated_at"`
	Version         int64            `json:"version" doc:"Counts the changes; the ETag" example:"1"`
}

// PlaceAddress is a place as an envelope has it.
type PlaceAddress struct {
	Line1    string `json:"line_1,omitempty" example:"12 Ross Smith Avenue"`
	Line2    string `json:"line_2,omitempty"`
	City     string `json:"city,omitempty" example:"Mascot"`
	State    string `json:"state,omitempty" example:"NSW"`
	Postcode string `json:"postcode,omitempty" example:"2020"`
	Country  string `json:"country,omitempty" doc:"ISO 3166-1: two letters" example:"AU"`
}

// PlaceGeo is a point on the map, in degrees written as decimals.
type PlaceGeo struct {
	Latitude  string `json:"latitude" example:"-33.9461"`
	Longitude string `json:"longitude" example:"151.1772"`
}

// PlaceOpening is a time from which somebody is there, and one until which.
type PlaceOpening struct {
	Opens  string `json:"opens" doc:"HH:MM" example:"08:00"`
	Closes string `json:"closes" doc:"HH:MM; earlier than it opens: on the next day" example:"18:00"`
}

// PlaceHours is when a location is open, by the day on which an opening begins.
type PlaceHours struct {
	Monday    []PlaceOpening `json:"monday,omitempty" nullable:"false"`
	Tuesday   []PlaceOpening `json:"tuesday,omitempty" nullable:"false"`
	Wednesday []PlaceOpening `json:"wednesday,omitempty" nullable:"false"`
	Thursday  []PlaceOpening `json:"thursday,omitempty" nullable:"false"`
	Friday    []PlaceOpening `json:"friday,omitempty" nullable:"false"`
	Saturday  []PlaceOpening `json:"saturday,omitempty" nullable:"false"`
	Sunday    []PlaceOpening `json:"sunday,omitempty" nullable:"false"`
}

// PlaceClosure is one day, or several, on which a location is closed.
type PlaceClosure struct {
	From   string `json:"from" format:"date" example:"2026-12-25"`
	To     string `json:"to,omitempty" format:"date" doc:"The last day; absent where it is the first" example:"2026-12-26"`
	Yearly bool   `json:"yearly" doc:"Every year, whatever the year of the dates"`
	Label  string `json:"label,omitempty" example:"Christmas"`
}

// PlacePickupRules are the rules of each programme; absent where there is none.
type PlacePickupRules struct {
	Rental       *PlacePickupRule `json:"rental,omitempty"`
	Subscription *PlacePickupRule `json:"subscription,omitempty"`
}

// PlacePickupRule says when a customer may pick up. What is absent does not bind.
type PlacePickupRule struct {
	LeadTimeDays int          `json:"lead_time_days,omitempty" doc:"Business days before the pickup" example:"3"`
	CutOff       string       `json:"cut_off,omitempty" doc:"HH:MM; from then on today is not counted" example:"15:00"`
	MinNotice    *PlaceLength `json:"min_notice,omitempty" doc:"How long a vehicle stays free after the booking before"`
	MaxAdvance   *PlaceLength `json:"max_advance,omitempty" doc:"How far ahead a pickup may be"`
}

// PlaceLength is a stretch of time.
type PlaceLength struct {
	Count int    `json:"count" example:"4"`
	Unit  string `json:"unit" enum:"hours,days,weeks" example:"weeks"`
}

func (l Location) link() Link {
	return Link{ID: l.ID, Type: "location", URL: "/v1/locations/" + l.ID}
}
