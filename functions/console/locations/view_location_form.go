package locations

import (
	"context"
	"strings"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/api"
	"motorpool/shared/location"
)

type locationFormView struct {
	look.Frame
	Action, Do string
	Version    int64
	Wrong      *look.Notice
	Groups     []placeGroup
	Boxes      []look.Option
	Letterhead *location.Letterhead // what an invoice will print; nil for a new location
	Next       []pickupDay
	Acts       []look.Act
	Close      *look.Dialog
}

type placeGroup struct {
	Title, Lead string
	Fields      []look.Field
}

// pickupDay is one of the next days of a location, as customers are told of it.
type pickupDay struct{ Day, Rental, Subscription string }

var locationFormPage = look.Page(files, "location_form")

// form is the form with what is filled in and what is wrong.
func (in locationFields) form(ctx context.Context, c *api.Call, f look.Frame, because error) (locationFormView, error) {
	f, err := page.Frame(ctx, c, f)
	if err != nil {
		return locationFormView{}, err
	}
	fields := in.fields()
	notice := page.Wrong(because, fields)
	group := func(title, lead string, n int) placeGroup {
		g := placeGroup{title, lead, fields[:n]}
		fields = fields[n:]
		return g
	}
	return locationFormView{
		Frame: f, Version: in.Version, Wrong: notice,
		Groups: []placeGroup{
			group("Location", "", 7),
			group("Address", "Where customers go.", 6),
			group("Hours", "In the location's own time. Several spans with commas; an end before its beginning is on the next day. With no hours at all it is always open.", 7),
			group("Closed days and after hours", "", 3),
			group("When rentals may be picked up", "What you leave empty does not bind.", 4),
			group("When subscriptions may be picked up", "What you leave empty does not bind.", 4),
			group("Invoices", "What you leave empty is taken from above. An invoice address counts as a whole.", 8),
		},
		Boxes: []look.Option{
			{Text: "Vehicles are picked up here", Value: "pickup_allowed", Chosen: in.Pickup},
			{Text: "Vehicles are returned here", Value: "dropoff_allowed", Chosen: in.Dropoff},
			{Text: "Rentals", Value: "rental", Hint: "Offered here.", Chosen: in.Rental},
			{Text: "Subscriptions", Value: "subscription", Hint: "Offered here.", Chosen: in.Subscription},
		},
	}, nil
}

func (in locationFields) fields() []look.Field {
	all := []look.Field{
		{Name: "name", Label: "Name", Value: in.Name, Required: true, Max: 100, Placeholder: "Sydney Airport"},
		{Name: "code", Label: "Code", Value: in.Code, Mono: true, Max: 12, Hint: "A short name; no other location may have it."},
		{Name: "time_zone", Label: "Time zone", Value: in.TimeZone, Max: 60, Hint: "The workspace's if you leave it empty.", Placeholder: "Australia/Sydney"},
		{Name: "email", Label: "E-mail", Value: in.Email, Type: "email", Max: 254},
		{Name: "phone", Label: "Phone", Value: in.Phone, Type: "tel", Max: 32},
		{Name: "website", Label: "Website", Value: in.Website, Type: "url", Max: 500},
		{Name: "geo", Label: "Position", Value: in.Geo, Mono: true, Max: 40, Placeholder: "-33.9461, 151.1772", Hint: "Latitude, longitude."},
	}
	all = append(all, addressFields("address", in.Line1, in.Line2, in.City, in.State, in.Postcode, in.Country)...)
	for n, day := range in.days() {
		name := weekday(n).String()
		all = append(all, look.Field{Name: "hours." + strings.ToLower(name), Label: name, Value: *day, Max: 120, Placeholder: "08:00-12:00, 13:00-18:00"})
	}
	all = append(all,
		look.Field{Name: "closures", Label: "Closed days", Value: in.Closures, Type: "textarea", Wide: true, Hint: "One a line: 2026-12-25 to 2026-12-26 yearly Christmas"},
		look.Field{Name: "after_hours_fee", Label: "After-hours fee", Value: in.Fee, Placeholder: "AUD 45.00", Hint: "Without one there are no pickups outside of the hours."},
		look.Field{Name: "instructions", Label: "Instructions for customers", Value: in.Instructions, Type: "textarea", Wide: true, Max: 5000})
	all = append(all, ruleFields("pickup_rules.rental", in.RentalLead, in.RentalCutOff, in.RentalNotice, in.RentalAdvance)...)
	all = append(all, ruleFields("pickup_rules.subscription", in.SubscriptionLead, in.SubscriptionCutOff, in.SubscriptionNotice, in.SubscriptionAdvance)...)
	all = append(all, look.Field{Name: "legal_name", Label: "Legal name", Value: in.LegalName, Max: 200, Placeholder: in.Name})
	all = append(all, addressFields("invoice_address", in.InvoiceLine1, in.InvoiceLine2, in.InvoiceCity, in.InvoiceState, in.InvoicePostcode, in.InvoiceCountry)...)
	return append(all, look.Field{Name: "invoice_footnote", Label: "Footnote", Value: in.Footnote, Type: "textarea", Wide: true, Max: 1000})
}

func addressFields(name, line1, line2, city, state, postcode, country string) []look.Field {
	return []look.Field{
		{Name: name + ".line_1", Label: "Street", Value: line1, Max: 120},
		{Name: name + ".line_2", Label: "Street, second line", Value: line2, Max: 120},
		{Name: name + ".city", Label: "City", Value: city, Max: 80},
		{Name: name + ".state", Label: "State", Value: state, Max: 80},
		{Name: name + ".postcode", Label: "Postcode", Value: postcode, Max: 20},
		{Name: name + ".country", Label: "Country", Value: country, Max: 2, Placeholder: "AU", Hint: "Two letters."},
	}
}

func ruleFields(name, lead, cutOff, notice, advance string) []look.Field {
	return []look.Field{
		{Name: name + ".lead_time_days", Label: "Lead time", Value: lead, Type: "number", Unit: "business days", Hint: "Days on which the location is open."},
		{Name: name + ".cut_off", Label: "Cut-off", Value: cutOff, Placeholder: "15:00", Max: 5, Hint: "From then on today is not counted."},
		{Name: name + ".min_notice", Label: "After the booking before", Value: notice, Placeholder: "24 hours", Max: 20},
		{Name: name + ".max_advance", Label: "At most ahead", Value: advance, Placeholder: "4 weeks", Max: 20},
	}
}
