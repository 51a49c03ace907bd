package locations

import (
	"net/url"
	"strings"
	"time"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/fault"
	"motorpool/shared/location"
)

const locationsPath = "/locations"

var toLocations = look.Link{Text: "Locations", To: locationsPath}

func locationPath(id string) string { return locationsPath + "/" + url.PathEscape(id) }

func locationBadge(l *location.Location) look.Badge {
	if !l.Active() {
		return look.Badge{Icon: "pause", Text: "Not active"}
	}
	return look.Badge{Tone: "ok", Icon: "check", Text: "Active"}
}

// locationFields is the form of a location as a browser posts it.
type locationFields struct {
	ID           string `path:"id"`
	Name         string `form:"name"`
	Code         string `form:"code"`
	Email        string `form:"email"`
	Phone        string `form:"phone"`
	Website      string `form:"website"`
	Line1        string `form:"address.line_1"`
	Line2        string `form:"address.line_2"`
	City         string `form:"address.city"`
	State        string `form:"address.state"`
	Postcode     string `form:"address.postcode"`
	Country      string `form:"address.country"`
	TimeZone     string `form:"time_zone"`
	Geo          string `form:"geo"`
	Monday       string `form:"hours.monday"`
	Tuesday      string `form:"hours.tuesday"`
	Wednesday    string `form:"hours.wednesday"`
	Thursday     string `form:"hours.thursday"`
	Friday       string `form:"hours.friday"`
	Saturday     string `form:"hours.saturday"`
	Sunday       string `form:"hours.sunday"`
	Closures     string `form:"closures"`
	Fee          string `form:"after_hours_fee"`
	Instructions string `form:"instructions"`
	Pickup       bool   `form:"pickup_allowed"`
	Dropoff      bool   `form:"dropoff_allowed"`
	Rental       bool   `form:"rental"`
	Subscription bool   `form:"subscription"`

	RentalLead          string `form:"pickup_rules.rental.lead_time_days"`
	RentalCutOff        string `form:"pickup_rules.rental.cut_off"`
	RentalNotice        string `form:"pickup_rules.rental.min_notice"`
	RentalAdvance       string `form:"pickup_rules.rental.max_advance"`
	SubscriptionLead    string `form:"pickup_rules.subscription.lead_time_days"`
	SubscriptionCutOff  string `form:"pickup_rules.subscription.cut_off"`
	SubscriptionNotice  string `form:"pickup_rules.subscription.min_notice"`
	SubscriptionAdvance string `form:"pickup_rules.subscription.max_advance"`

	LegalName       string `form:"legal_name"`
	InvoiceLine1    string `form:"invoice_address.line_1"`
	InvoiceLine2    string `form:"invoice_address.line_2"`
	InvoiceCity     string `form:"invoice_address.city"`
	InvoiceState    string `form:"invoice_address.state"`
	InvoicePostcode string `form:"invoice_address.postcode"`
	InvoiceCountry  string `form:"invoice_address.country"`
	Footnote        string `form:"invoice_footnote"`
	Version         int64  `form:"version"`
}

// days are the fields of the hours, from Monday to Sunday.
func (in *locationFields) days() [7]*string {
	return [7]*string{&in.Monday, &in.Tuesday, &in.Wednesday, &in.Thursday, &in.Friday, &in.Saturday, &in.Sunday}
}

// weekday is the nth day of the form.
func weekday(n int) time.Weekday { return time.Weekday((n + 1) % 7) }

func locationFieldsOf(l *location.Location) locationFields {
	a, i, r, s := l.Address, l.InvoiceAddress, l.PickupRules.Rental, l.PickupRules.Subscription
	in := locationFields{
		ID: l.ID, Name: l.Name, Code: l.Code, Email: l.Email, Phone: l.Phone, Website: l.Website, TimeZone: l.TimeZone,
		Line1: a.Line1, Line2: a.Line2, City: a.City, State: a.State, Postcode: a.Postcode, Country: a.Country,
		Closures: closuresText(l.Closures), Fee: page.MoneyText(l.AfterHoursFee), Instructions: l.Instructions,
		Pickup: *l.PickupAllowed, Dropoff: *l.DropoffAllowed, Rental: offers(l, "rental"), Subscription: offers(l, "subscription"),
		RentalLead: page.Number(r.LeadTimeDays), RentalCutOff: clockText(r.CutOff), RentalNotice: lengthText(r.MinNotice), RentalAdvance: lengthText(r.MaxAdvance),
		SubscriptionLead: page.Number(s.LeadTimeDays), SubscriptionCutOff: clockText(s.CutOff), SubscriptionNotice: lengthText(s.MinNotice), SubscriptionAdvance: lengthText(s.MaxAdvance),
		LegalName: l.LegalName, InvoiceLine1: i.Line1, InvoiceLine2: i.Line2, InvoiceCity: i.City, InvoiceState: i.State,
		InvoicePostcode: i.Postcode, InvoiceCountry: i.Country, Footnote: l.InvoiceFootnote, Version: l.Version,
	}
	if l.Geo != (location.Geo{}) {
		in.Geo = l.Geo.Latitude + ", " + l.Geo.Longitude
	}
	for n, day := range in.days() {
		*day = openingsText(*l.Hours.On(weekday(n)))
	}
	return in
}

func offers(l *location.Location, program string) bool {
	for _, p := range l.Programs {
		if p == program {
			return true
		}
	}
	return len(l.Programs) == 0
}

// describe puts the form into d.
func (in locationFields) describe(d *location.Details) error {
	bad := fault.New(fault.Invalid, "location.form", "Some fields are not right.")
	d.Name, d.Code, d.Email, d.Phone, d.Website, d.TimeZone = in.Name, in.Code, in.Email, in.Phone, in.Website, in.TimeZone
	d.Address = location.Address{Line1: in.Line1, Line2: in.Line2, City: in.City, State: in.State, Postcode: in.Postcode, Country: in.Country}
	d.InvoiceAddress = location.Address{
		Line1: in.InvoiceLine1, Line2: in.InvoiceLine2, City: in.InvoiceCity, State: in.InvoiceState, Postcode: in.InvoicePostcode, Country: in.InvoiceCountry,
	}
	d.LegalName, d.InvoiceFootnote, d.Instructions = in.LegalName, in.Footnote, in.Instructions
	d.Geo = location.Geo{}
	if north, east, ok := strings.Cut(in.Geo, ","); ok || page.Trim(in.Geo) != "" {
		d.Geo = location.Geo{Latitude: page.Trim(north), Longitude: page.Trim(east)}
	}
	for n, day := range in.days() {
		*d.Hours.On(weekday(n)) = openings(*day, "hours."+strings.ToLower(weekday(n).String()), bad)
	}
	d.Closures = closures(in.Closures, bad)
	d.AfterHoursFee = page.Amount(in.Fee, "after_hours_fee", bad)
	d.PickupAllowed, d.DropoffAllowed, d.Programs = &in.Pickup, &in.Dropoff, nil
	switch {
	case in.Rental && !in.Subscription:
		d.Programs = []string{"rental"}
	case in.Subscription && !in.Rental:
		d.Programs = []string{"subscription"}
	case !in.Rental:
		bad.Fields = append(bad.Fields, fault.Field{Name: "programs", Reason: "Offer at least one programme."})
		bad.Message = "Offer at least one programme: rentals or subscriptions."
	}
	d.PickupRules.Rental = pickupRule("pickup_rules.rental", in.RentalLead, in.RentalCutOff, in.RentalNotice, in.RentalAdvance, bad)
	d.PickupRules.Subscription = pickupRule("pickup_rules.subscription", in.SubscriptionLead, in.SubscriptionCutOff, in.SubscriptionNotice, in.SubscriptionAdvance, bad)
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}
