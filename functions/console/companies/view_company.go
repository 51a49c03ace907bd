package companies

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"motorpool/functions/console/customer"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/api"
	"motorpool/shared/company"
	"motorpool/shared/fault"
	"motorpool/shared/money"
)

var toCompanies = look.Link{Text: "Companies", To: "/companies"}

func companyBadge(c *company.Company) look.Badge {
	if c.Status() == company.Archived {
		return look.Badge{Icon: "archive", Text: "Archived"}
	}
	return look.Badge{Tone: "ok", Icon: "check", Text: "Active"}
}

// companyFields is the form of a company as a browser posts it; the names are
// those of the API.
type companyFields struct {
	ID          string `path:"id"`
	Trading     string `form:"trading_name"`
	Legal       string `form:"legal_name"`
	TaxKind     string `form:"tax_number.kind"`
	TaxNumber   string `form:"tax_number.number"`
	Emails      string `form:"billing_emails"`
	Phone       string `form:"phone"`
	RegLine1    string `form:"registered_address.line_1"`
	RegLine2    string `form:"registered_address.line_2"`
	RegCity     string `form:"registered_address.city"`
	RegState    string `form:"registered_address.state"`
	RegCode     string `form:"registered_address.postcode"`
	RegCountry  string `form:"registered_address.country"`
	BillLine1   string `form:"billing_address.line_1"`
	BillLine2   string `form:"billing_address.line_2"`
	BillCity    string `form:"billing_address.city"`
	BillState   string `form:"billing_address.state"`
	BillCode    string `form:"billing_address.postcode"`
	BillCountry string `form:"billing_address.country"`
	Terms       string `form:"payment_terms_days"`
	Limit       string `form:"credit_limit"`
	PORequired  string `form:"po_required"`
	BillTo      string `form:"default_bill_to"`
	Exempt      string `form:"tax_exemption.reason"`
	Certificate string `form:"tax_exemption.certificate"`
	Until       string `form:"tax_exemption.until"`
	Tags        string `form:"tags"`
	Notes       string `form:"notes"`
	Version     int64  `form:"version"`
}

func companyFieldsOf(c *company.Company) companyFields {
	reg, bill := c.Registered, c.Billing
	in := companyFields{
		ID: c.ID, Trading: c.TradingName, Legal: c.LegalName, TaxKind: c.TaxNumber.Kind, TaxNumber: c.TaxNumber.Number,
		Emails: strings.Join(c.BillingEmails, ", "), Phone: c.Phone,
		RegLine1: reg.Line1, RegLine2: reg.Line2, RegCity: reg.City, RegState: reg.State, RegCode: reg.Postcode, RegCountry: reg.Country,
		BillLine1: bill.Line1, BillLine2: bill.Line2, BillCity: bill.City, BillState: bill.State, BillCode: bill.Postcode, BillCountry: bill.Country,
		BillTo: c.BillTo, Exempt: c.TaxExemption.Reason, Certificate: c.TaxExemption.Certificate, Until: page.DateText(c.TaxExemption.Until),
		Tags: strings.Join(c.Tags, ", "), Notes: c.Notes, Version: c.Version,
	}
	if c.PaymentTerms > 0 {
		in.Terms = strconv.Itoa(c.PaymentTerms)
	}
	if !c.CreditLimit.IsZero() {
		in.Limit = page.MoneyText(c.CreditLimit)
	}
	if c.PORequired {
		in.PORequired = "true"
	}
	return in
}

func (in companyFields) describe(d *company.Details) error {
	bad := fault.New(fault.Invalid, "company.form", "Some fields are not right.")
	d.TradingName, d.LegalName, d.Phone, d.Notes, d.Tags = in.Trading, in.Legal, in.Phone, in.Notes, page.Words(in.Tags)
	d.TaxNumber = company.TaxID{}
	if page.Trim(in.TaxNumber) != "" {
		d.TaxNumber = company.TaxID{Kind: in.TaxKind, Number: in.TaxNumber}
	}
	d.BillingEmails = page.Words(in.Emails)
	d.Registered = company.Place{Line1: in.RegLine1, Line2: in.RegLine2, City: in.RegCity, State: in.RegState, Postcode: in.RegCode, Country: in.RegCountry}
	d.Billing = company.Place{Line1: in.BillLine1, Line2: in.BillLine2, City: in.BillCity, State: in.BillState, Postcode: in.BillCode, Country: in.BillCountry}
	d.PaymentTerms, d.PORequired, d.BillTo = page.Count(in.Terms, "payment_terms_days", bad), in.PORequired == "true", page.Trim(in.BillTo)
	d.TaxExemption = company.Exemption{Reason: in.Exempt, Certificate: in.Certificate, Until: page.Date(in.Until, "tax_exemption.until", bad)}
	d.CreditLimit = money.Amount{}
	if page.Trim(in.Limit) != "" {
		d.CreditLimit = page.Amount(in.Limit, "credit_limit", bad)
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// companyForm is the form with what is filled in and what is wrong.
func companyForm(ctx context.Context, c *api.Call, in companyFields, because error, fr look.Frame, bills []look.Option, do string) (api.Answer, error) {
	fr.Section = "companies"
	f, err := page.Frame(ctx, c, fr)
	if err != nil {
		return api.Answer{}, err
	}
	groups := []page.FieldGroup{
		{Title: "Company", Fields: in.names()},
		{Title: "Registered address", Fields: placeFields("registered_address", in.RegLine1, in.RegLine2, in.RegCity, in.RegState, in.RegCode, in.RegCountry)},
		{Title: "Billing address, where it is another", Fields: placeFields("billing_address", in.BillLine1, in.BillLine2, in.BillCity, in.BillState, in.BillCode, in.BillCountry)},
		{Title: "Bills", Fields: in.bills(bills)},
		{Title: "Tax exemption", Fields: in.exemption()},
		{Title: "Tags and notes", Fields: []look.Field{
			{Name: "tags", Label: "Tags", Value: in.Tags, Wide: true, Hint: "With commas between them."},
			{Name: "notes", Label: "Notes", Value: in.Notes, Type: "textarea", Max: 5000, Wide: true},
		}},
	}
	var fields []look.Field
	for _, g := range groups {
		fields = append(fields, g.Fields...)
	}
	self := "/companies"
	if in.ID != "" {
		self = record.CompanyPath(in.ID)
	}
	v := customer.FormView{Frame: f, Action: self, Cancel: self, Do: do, Version: in.Version, Wrong: page.Wrong(because, fields)}
	for i := range groups {
		n := len(groups[i].Fields)
		groups[i].Fields, fields = slices.Clone(fields[:n]), fields[n:]
	}
	if v.Groups = groups; because != nil {
		return page.Again(customer.FormPage, v)
	}
	return page.Show(customer.FormPage, v)
}

func (in companyFields) names() []look.Field {
	kinds := []look.Option{{Value: "abn", Text: "ABN"}, {Value: "acn", Text: "ACN"}, {Value: "vat", Text: "VAT number"}, {Value: "ein", Text: "EIN"}, {Value: "other", Text: "Other"}}
	return []look.Field{
		{Name: "trading_name", Label: "Trading name", Value: in.Trading, Required: true, Max: 100, Hint: "What people call it."},
		{Name: "legal_name", Label: "Legal name", Value: in.Legal, Max: 150, Hint: "As it is registered."},
		{Name: "tax_number.kind", Label: "Kind of tax number", Type: "select", Options: look.Choose(in.TaxKind, kinds...)},
		{Name: "tax_number.number", Label: "Tax number", Value: in.TaxNumber, Max: 40, Mono: true},
		{Name: "phone", Label: "Phone", Value: in.Phone, Type: "tel", Max: 30},
	}
}

func placeFields(name, line1, line2, city, state, code, country string) []look.Field {
	return []look.Field{
		{Name: name + ".line_1", Label: "Address", Value: line1, Max: 100, Wide: true},
		{Name: name + ".line_2", Label: "Unit, floor", Value: line2, Max: 100},
		{Name: name + ".city", Label: "City", Value: city, Max: 60},
		{Name: name + ".state", Label: "State", Value: state, Max: 60},
		{Name: name + ".postcode", Label: "Postcode", Value: code, Max: 20},
		{Name: name + ".country", Label: "Country", Value: country, Max: 2, Placeholder: "AU", Hint: "Its two letters."},
	}
}

func (in companyFields) bills(to []look.Option) []look.Field {
	return []look.Field{
		{Name: "billing_emails", Label: "E-mail for bills", Value: in.Emails, Required: true, Wide: true, Hint: "Up to ten, with commas between them."},
		{Name: "default_bill_to", Label: "Who gets its bills", Type: "select", Options: look.Choose(in.BillTo, append([]look.Option{{Text: "The company itself"}}, to...)...), Hint: "The company or one of its contacts."},
		{Name: "payment_terms_days", Label: "Payment terms", Value: in.Terms, Type: "number", Unit: "days", Hint: "The workspace's, if you leave it empty."},
		{Name: "credit_limit", Label: "Credit limit", Value: in.Limit, Max: 30, Placeholder: "AUD 5000.00", Hint: "What it may owe at the most."},
		{Name: "po_required", Label: "Purchase order number", Type: "select", Options: look.Choose(in.PORequired, look.Option{Text: "Not needed"}, look.Option{Value: "true", Text: "Needed on every bill"})},
	}
}

func (in companyFields) exemption() []look.Field {
	return []look.Field{
		{Name: "tax_exemption.reason", Label: "Why it pays no tax", Value: in.Exempt, Max: 200, Hint: "Empty if it does."},
		{Name: "tax_exemption.certificate", Label: "Certificate", Value: in.Certificate, Max: 60},
		{Name: "tax_exemption.until", Label: "Until", Value: in.Until, Type: "date", Hint: "The last day; empty for good."},
	}
}

func placeInWords(a company.Place) string {
	parts := []string{a.Line1, a.Line2, page.Trim(a.City + " " + a.State + " " + a.Postcode), a.Country}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}
