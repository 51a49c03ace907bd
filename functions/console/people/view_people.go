package people

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"motorpool/functions/console/customer"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/person"
)

var toPeople = look.Link{Text: "People", To: "/people"}

func personBadge(p *person.Person) look.Badge {
	switch p.State() {
	case person.Blocked:
		return look.Badge{Tone: "bad", Icon: "shield", Text: "Blocked"}
	case person.Archived:
		return look.Badge{Icon: "archive", Text: "Archived"}
	}
	return look.Badge{Tone: "ok", Icon: "check", Text: "Active"}
}

// personFields is the form of a person as a browser posts it; the names are
// those of the API.
type personFields struct {
	ID          string `path:"id"`
	Given       string `form:"given_name"`
	Middle      string `form:"middle_names"`
	Family      string `form:"family_name"`
	Preferred   string `form:"preferred_name"`
	Email       string `form:"email"`
	Mobile      string `form:"mobile"`
	Born        string `form:"birth_date"`
	HomeLine1   string `form:"residential_address.line_1"`
	HomeLine2   string `form:"residential_address.line_2"`
	HomeCity    string `form:"residential_address.city"`
	HomeState   string `form:"residential_address.state"`
	HomeCode    string `form:"residential_address.postcode"`
	HomeCountry string `form:"residential_address.country"`
	BillLine1   string `form:"billing_address.line_1"`
	BillLine2   string `form:"billing_address.line_2"`
	BillCity    string `form:"billing_address.city"`
	BillState   string `form:"billing_address.state"`
	BillCode    string `form:"billing_address.postcode"`
	BillCountry string `form:"billing_address.country"`
	Zone        string `form:"time_zone"`
	Terms       string `form:"payment_terms_days"`
	TaxID       string `form:"tax_id"`
	Language    string `form:"language"`
	Consent     string `form:"marketing_consent.given"`
	How         string `form:"marketing_consent.how"`
	Notes       string `form:"notes"`
	Tags        string `form:"tags"`
	Version     int64  `form:"version"`
}

func personFieldsOf(p *person.Person) personFields {
	home, bill := p.ResidentialAddress, p.BillingAddress
	in := personFields{
		ID: p.ID, Given: p.GivenName, Middle: p.MiddleNames, Family: p.FamilyName, Preferred: p.PreferredName, Email: p.Email, Mobile: p.Mobile,
		Born: page.DateText(p.BirthDate), HomeLine1: home.Line1, HomeLine2: home.Line2, HomeCity: home.City, HomeState: home.State, HomeCode: home.Postcode,
		HomeCountry: home.Country, BillLine1: bill.Line1, BillLine2: bill.Line2, BillCity: bill.City, BillState: bill.State, BillCode: bill.Postcode,
		BillCountry: bill.Country, Zone: p.TimeZone, TaxID: p.TaxID, Language: p.Language, How: p.MarketingConsent.How, Notes: p.Notes,
		Tags: strings.Join(p.Tags, ", "), Version: p.Version,
	}
	if p.PaymentTermsDays != nil {
		in.Terms = strconv.Itoa(*p.PaymentTermsDays)
	}
	if p.MarketingConsent.Given {
		in.Consent = "true"
	}
	return in
}

// describe puts the form into d and leaves alone what the form does not show:
// what is personal, unless the reader may see all.
func (in personFields) describe(d *person.PersonDetails, all bool) error {
	bad := fault.New(fault.Invalid, "person.form", "Some fields are not right.")
	d.GivenName, d.MiddleNames, d.FamilyName, d.PreferredName = in.Given, in.Middle, in.Family, in.Preferred
	d.TimeZone, d.Language, d.Tags, d.PaymentTermsDays = page.Trim(in.Zone), page.Trim(in.Language), page.Words(in.Tags), nil
	if page.Trim(in.Terms) != "" {
		days := page.Count(in.Terms, "payment_terms_days", bad)
		d.PaymentTermsDays = &days
	}
	if all {
		d.Email, d.Mobile, d.BirthDate, d.TaxID, d.Notes = in.Email, in.Mobile, page.Date(in.Born, "birth_date", bad), in.TaxID, in.Notes
		d.ResidentialAddress = person.PersonAddress{Line1: in.HomeLine1, Line2: in.HomeLine2, City: in.HomeCity, State: in.HomeState, Postcode: in.HomeCode, Country: in.HomeCountry}
		d.BillingAddress = person.PersonAddress{Line1: in.BillLine1, Line2: in.BillLine2, City: in.BillCity, State: in.BillState, Postcode: in.BillCode, Country: in.BillCountry}
		d.MarketingConsent.Given, d.MarketingConsent.How = in.Consent == "true", in.How
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// personForm is the form with what is filled in and what is wrong. Somebody new
// is described in full by anybody who may add them.
func personForm(ctx context.Context, c *api.Call, in personFields, because error, fr look.Frame, action, cancel, do string) (api.Answer, error) {
	fr.Section = "people"
	f, err := page.Frame(ctx, c, fr)
	if err != nil {
		return api.Answer{}, err
	}
	groups := []page.FieldGroup{{Title: "Name", Fields: in.names()}, {Title: "Dealings", Fields: in.dealings()}}
	if in.ID == "" || c.Actor.May(access.ViewPII) {
		groups = []page.FieldGroup{
			groups[0],
			{Title: "Reach them", Fields: in.reach()},
			{Title: "Residential address", Fields: in.address("residential_address", in.HomeLine1, in.HomeLine2, in.HomeCity, in.HomeState, in.HomeCode, in.HomeCountry)},
			{Title: "Billing address", Fields: in.address("billing_address", in.BillLine1, in.BillLine2, in.BillCity, in.BillState, in.BillCode, in.BillCountry)},
			groups[1],
			{Title: "Consent and notes", Fields: in.more()},
		}
	}
	var fields []look.Field
	for _, g := range groups {
		fields = append(fields, g.Fields...)
	}
	v := customer.FormView{Frame: f, Action: action, Cancel: cancel, Do: do, Version: in.Version, Wrong: page.Wrong(because, fields)}
	for i := range groups {
		n := len(groups[i].Fields)
		groups[i].Fields, fields = slices.Clone(fields[:n]), fields[n:]
	}
	if v.Groups = groups; because != nil {
		return page.Again(customer.FormPage, v)
	}
	return page.Show(customer.FormPage, v)
}

func (in personFields) names() []look.Field {
	return []look.Field{
		{Name: "given_name", Label: "Given name", Value: in.Given, Max: 80},
		{Name: "middle_names", Label: "Middle names", Value: in.Middle, Max: 80},
		{Name: "family_name", Label: "Family name", Value: in.Family, Max: 80},
		{Name: "preferred_name", Label: "Preferred name", Value: in.Preferred, Max: 80, Hint: "What they like to be called."},
	}
}

func (in personFields) reach() []look.Field {
	return []look.Field{
		{Name: "email", Label: "E-mail", Value: in.Email, Type: "email", Max: 254, Hint: "No other person may have it."},
		{Name: "mobile", Label: "Mobile", Value: in.Mobile, Type: "tel", Max: 40, Placeholder: "+61 412 345 678"},
		{Name: "birth_date", Label: "Date of birth", Value: in.Born, Type: "date"},
		{Name: "tax_id", Label: "Tax number", Value: in.TaxID, Max: 40, Mono: true},
	}
}

func (in personFields) address(name, line1, line2, city, state, code, country string) []look.Field {
	return []look.Field{
		{Name: name + ".line_1", Label: "Address", Value: line1, Max: 100, Wide: true},
		{Name: name + ".line_2", Label: "Unit, floor", Value: line2, Max: 100},
		{Name: name + ".city", Label: "City", Value: city, Max: 80},
		{Name: name + ".state", Label: "State", Value: state, Max: 60},
		{Name: name + ".postcode", Label: "Postcode", Value: code, Max: 16},
		{Name: name + ".country", Label: "Country", Value: country, Max: 2, Placeholder: "AU", Hint: "Its two letters."},
	}
}

func (in personFields) dealings() []look.Field {
	return []look.Field{
		{Name: "payment_terms_days", Label: "Payment terms", Value: in.Terms, Type: "number", Unit: "days", Hint: "The workspace's, if you leave it empty."},
		{Name: "language", Label: "Language", Value: in.Language, Max: 12, Placeholder: "en-AU"},
		{Name: "time_zone", Label: "Time zone", Value: in.Zone, Max: 60, Placeholder: "Australia/Sydney"},
		{Name: "tags", Label: "Tags", Value: in.Tags, Wide: true, Hint: "With commas between them."},
	}
}

func (in personFields) more() []look.Field {
	return []look.Field{
		{Name: "marketing_consent.given", Label: "Wants marketing", Type: "select", Options: look.Choose(in.Consent, look.Option{Text: "No"}, look.Option{Value: "true", Text: "Yes"})},
		{Name: "marketing_consent.how", Label: "How they said so", Value: in.How, Max: 200, Placeholder: "Ticked on the sign-up form"},
		{Name: "notes", Label: "Notes", Value: in.Notes, Type: "textarea", Max: 5000, Wide: true},
	}
}
