// Package location keeps the places that an operator works from: where
// vehicles belong, are picked up and come back, when somebody is there, and
// what invoices say of the place.
//
// What holds at all times:
//
//   - no two locations have one code;
//   - every location has a time zone; its hours are times on its own walls;
//   - its hours never overlap, and leave some day on which it is open;
//   - while it is active it may be named by others, who check that with Refer
//     in their own write; it is active while anything is there.
//
// When a vehicle may be picked up is decided here, by pure functions of the
// rules, the hours and two instants. What is at a location is asked of others.
package location

import (
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
	"motorpool/shared/money"
)

// Location is one place.
type Location struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	Details
	InactiveSince time.Time `json:"inactive_since,omitzero"`
	Created       time.Time `json:"created"`
	Updated       time.Time `json:"updated"`
	Version       int64     `json:"-"` // counts the changes, this value's included

	was  *Location      // as it was loaded; nil if it is new
	news []events.Event // what the changes since then have to tell
}

// Details is what people say of a location. All of it may be edited.
type Details struct {
	Name            string       `json:"name" example:"Sydney Airport"`
	Code            string       `json:"code,omitempty" doc:"A short name: letters, digits and hyphens, made upper case. No other location may have it" example:"SYD"`
	Email           string       `json:"email,omitempty" example:"sydney@harbourcars.example"`
	Phone           string       `json:"phone,omitempty" example:"+61 2 5550 1234"`
	Website         string       `json:"website,omitempty" example:"https://harbourcars.example/sydney"`
	Address         Address      `json:"address,omitzero" doc:"Where customers go"`
	TimeZone        string       `json:"time_zone,omitempty" doc:"An IANA name. The workspace's if you give none" example:"Australia/Sydney"`
	Geo             Geo          `json:"geo,omitzero"`
	Hours           Week         `json:"hours,omitzero" doc:"When it is open, in its own time. With no hours at all it is always open"`
	Closures        []Closure    `json:"closures,omitempty" doc:"Days on which it is closed whatever its hours, at most 200"`
	PickupAllowed   *bool        `json:"pickup_allowed,omitempty" doc:"Whether vehicles may be picked up here. On unless you say otherwise"`
	DropoffAllowed  *bool        `json:"dropoff_allowed,omitempty" doc:"Whether vehicles may be returned here. On unless you say otherwise"`
	AfterHoursFee   money.Amount `json:"after_hours_fee,omitzero" doc:"What a pickup or return outside of the hours of an open day costs; it may be nothing. Without a fee there are none outside of the hours"`
	Instructions    string       `json:"instructions,omitempty" doc:"What customers are told about getting there. At most 5,000 characters"`
	Programs        []string     `json:"programs,omitempty" enum:"rental,subscription" doc:"What is offered here; all of it if you name none"`
	PickupRules     PickupRules  `json:"pickup_rules,omitzero" doc:"When customers may pick up, for each programme"`
	LegalName       string       `json:"legal_name,omitempty" doc:"What invoices call it; its name if you give none" example:"Harbour Cars Pty Ltd"`
	InvoiceAddress  Address      `json:"invoice_address,omitzero" doc:"What invoices print; its address if you give none"`
	InvoiceFootnote string       `json:"invoice_footnote,omitempty" doc:"At the foot of each invoice. At most 1,000 characters" example:"ABN 12 345 678 901"`
}

// Address is a place as an envelope has it.
type Address struct {
	Line1    string `json:"line_1,omitempty" example:"12 Ross Smith Avenue"`
	Line2    string `json:"line_2,omitempty"`
	City     string `json:"city,omitempty" example:"Mascot"`
	State    string `json:"state,omitempty" example:"NSW"`
	Postcode string `json:"postcode,omitempty" example:"2020"`
	Country  string `json:"country,omitempty" doc:"ISO 3166-1: two letters" example:"AU"`
}

// Geo is a point on the map, in degrees written as decimals.
type Geo struct {
	Latitude  string `json:"latitude" doc:"Degrees north, at most six decimals" example:"-33.9461"`
	Longitude string `json:"longitude" doc:"Degrees east, at most six decimals" example:"151.1772"`
}

// create makes a new location of what is said of it.
func create(id, workspace string, d Details, at time.Time) (*Location, error) {
	l := &Location{ID: id, Workspace: workspace, Created: at, Updated: at, Version: 1}
	d, err := d.checked()
	if err != nil {
		return nil, err
	}
	l.Details = d
	l.tell(events.LocationCreated{Object: l.Object()})
	return l, nil
}

// Active reports whether anything may be, begin or end here.
func (l *Location) Active() bool { return l.InactiveSince.IsZero() }

// Zone is the location's time zone.
func (l *Location) Zone() *time.Location {
	zone, err := time.LoadLocation(l.TimeZone)
	if err != nil { // only a zone that was removed from the database since it was checked
		return time.UTC
	}
	return zone
}

// Describe replaces what is said of l. Saying the same again changes nothing.
func (l *Location) Describe(d Details, at time.Time) error {
	d, err := d.checked()
	if err != nil {
		return err
	}
	was := l.Object()
	l.Details = d
	if len(events.Differences(was, l.Object())) == 0 {
		return nil
	}
	is, previous := l.changed(was, at)
	l.tell(events.LocationUpdated{Object: is, Previous: previous})
	return nil
}

// Deactivate closes l until it is activated again. Whether anything is there is
// for the service to ask. Doing what is done already changes nothing.
func (l *Location) Deactivate(at time.Time) {
	if !l.Active() {
		return
	}
	was := l.Object()
	l.InactiveSince = at
	is, previous := l.changed(was, at)
	l.tell(events.LocationDeactivated{Object: is, Previous: previous})
}

// Activate opens l again. Doing what is done already changes nothing.
func (l *Location) Activate(at time.Time) {
	if l.Active() {
		return
	}
	was := l.Object()
	l.InactiveSince = time.Time{}
	is, previous := l.changed(was, at)
	l.tell(events.LocationActivated{Object: is, Previous: previous})
}

func noSuchLocation() error {
	return fault.New(fault.NotFound, "location.not_found", "There is no such location here.")
}
