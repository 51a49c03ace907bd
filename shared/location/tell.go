package location

import (
	"time"

	"motorpool/events"
)

func (l *Location) tell(e events.Event) { l.news = append(l.news, e) }

// changed counts a change and returns l as it now is and, by name, what was
// different before.
func (l *Location) changed(was events.Location, at time.Time) (events.Location, events.Previous) {
	l.Version++
	l.Updated = at
	is := l.Object()
	return is, events.Differences(was, is)
}

// Object is l as the outside sees it: in events and in answers of the API.
func (l *Location) Object() events.Location {
	o := events.Location{
		ID: l.ID, Name: l.Name, Code: l.Code, Email: l.Email, Phone: l.Phone, Website: l.Website,
		Address: address(l.Address), TimeZone: l.TimeZone, Hours: hours(l.Hours),
		PickupAllowed: *l.PickupAllowed, DropoffAllowed: *l.DropoffAllowed, Instructions: l.Instructions, Programs: l.Programs,
		PickupRules: events.PlacePickupRules{Rental: rule(l.PickupRules.Rental), Subscription: rule(l.PickupRules.Subscription)},
		LegalName:   l.LegalName, InvoiceAddress: address(l.InvoiceAddress), InvoiceFootnote: l.InvoiceFootnote,
		Active: l.Active(), InactiveSince: l.InactiveSince, CreatedAt: l.Created, UpdatedAt: l.Updated, Version: l.Version,
	}
	if l.Geo != (Geo{}) {
		o.Geo = &events.PlaceGeo{Latitude: l.Geo.Latitude, Longitude: l.Geo.Longitude}
	}
	if !l.AfterHoursFee.IsZero() {
		o.AfterHoursFee = &events.Money{Minor: l.AfterHoursFee.Minor, Currency: l.AfterHoursFee.Currency}
	}
	for _, c := range l.Closures {
		o.Closures = append(o.Closures, events.PlaceClosure{From: c.From.String(), To: c.To.String(), Yearly: c.Yearly, Label: c.Label})
	}
	return o
}

func address(a Address) *events.PlaceAddress {
	if a == (Address{}) {
		return nil
	}
	return &events.PlaceAddress{Line1: a.Line1, Line2: a.Line2, City: a.City, State: a.State, Postcode: a.Postcode, Country: a.Country}
}

func hours(w Week) *events.PlaceHours {
	if w.IsZero() {
		return nil
	}
	return &events.PlaceHours{
		Monday: openings(w.Monday), Tuesday: openings(w.Tuesday), Wednesday: openings(w.Wednesday), Thursday: openings(w.Thursday),
		Friday: openings(w.Friday), Saturday: openings(w.Saturday), Sunday: openings(w.Sunday),
	}
}

func openings(day []Opening) (out []events.PlaceOpening) {
	for _, o := range day {
		out = append(out, events.PlaceOpening{Opens: o.Opens.String(), Closes: o.Closes.String()})
	}
	return out
}

func rule(r PickupRule) *events.PlacePickupRule {
	if r == (PickupRule{}) {
		return nil
	}
	out := &events.PlacePickupRule{LeadTimeDays: r.LeadTimeDays, MinNotice: length(r.MinNotice), MaxAdvance: length(r.MaxAdvance)}
	if r.CutOff != nil {
		out.CutOff = r.CutOff.String()
	}
	return out
}

func length(l Length) *events.PlaceLength {
	if l == (Length{}) {
		return nil
	}
	return &events.PlaceLength{Count: l.Count, Unit: l.Unit}
}
