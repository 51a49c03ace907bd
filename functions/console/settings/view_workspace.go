package settings

import (
	"strconv"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/workspace"
)

// workspaceFields is the form of the settings as a browser posts it.
type workspaceFields struct {
	workspaceWho
	workspaceHow
	AutoRecover bool   `form:"auto_recover"`
	RequireMFA  bool   `form:"require_mfa"`
	Version     int64  `form:"version"`
	Did         string `query:"did"`
	record.Uploads
}

type workspaceWho struct {
	Name        string `form:"name"`
	LegalName   string `form:"legal_name"`
	TaxLabel    string `form:"tax.label"`
	TaxNumber   string `form:"tax.number"`
	Country     string `form:"country"`
	Website     string `form:"website"`
	Line1       string `form:"address.line_1"`
	Line2       string `form:"address.line_2"`
	City        string `form:"address.city"`
	State       string `form:"address.state"`
	Postcode    string `form:"address.postcode"`
	AddressLand string `form:"address.country"`
	Support     string `form:"support.email"`
	Phone       string `form:"support.phone"`
	SenderName  string `form:"email.sender_name"`
	ReplyTo     string `form:"email.reply_to"`
	Language    string `form:"language"`
}

type workspaceHow struct {
	Primary      string `form:"brand.primary"`
	Accent       string `form:"brand.accent"`
	TimeZone     string `form:"time_zone"`
	DateFormat   string `form:"date_format"`
	FirstDay     string `form:"first_day_of_week"`
	DistanceUnit string `form:"distance_unit"`
	Currency     string `form:"currency"`
	PaymentDays  string `form:"payment_terms_days"`
	Booking      string `form:"number_prefixes.booking"`
	Invoice      string `form:"number_prefixes.invoice"`
	CreditNote   string `form:"number_prefixes.credit_note"`
	Contract     string `form:"number_prefixes.contract"`
	Retention    string `form:"settings.retention_days"`
	DisableAfter string `form:"settings.disable_after_days"`
}

// pair is a field of the form, what was typed, and where in a workspace it belongs.
type pair struct {
	look.Field
	typed *string
	text  *string
	days  *int
}

// show makes what was typed what is there.
func (p pair) show() {
	if p.days != nil {
		*p.typed = strconv.Itoa(*p.days)
		return
	}
	*p.typed = *p.text
}

// take makes what is there what was typed. What is no number of days is none that
// a workspace takes.
func (p pair) take() {
	if p.days == nil {
		*p.text = page.Trim(*p.typed)
		return
	}
	n, err := strconv.Atoi(page.Trim(*p.typed))
	if err != nil {
		n = -1
	}
	*p.days = n
}

// field is p as the page has it.
func (p pair) field(locked bool) look.Field {
	f := p.Field
	f.Value = *p.typed
	if f.Type == "select" {
		f.Options = look.Choose(f.Value, f.Options...)
	}
	if locked && (f.Name == "country" || f.Name == "currency") {
		f.Hint = "It stays as it is, because an invoice has been issued."
	}
	return f
}

const lockHint = "It cannot change any more once an invoice has been issued."

// pairs are the fields in the order in which the page has them; see sections.
func (in *workspaceFields) pairs(f *workspace.Form) []pair {
	return append(in.who(f), in.how(f)...)
}

func (in *workspaceFields) who(f *workspace.Form) []pair {
	a, d := &f.Address, &f.Details
	word := func(name, label, hint string, limit int, typed, at *string) pair {
		return pair{look.Field{Name: name, Label: label, Hint: hint, Max: limit}, typed, at, nil}
	}
	name := word("name", "Name", "What customers and staff read.", 100, &in.Name, &f.Name)
	name.Required = true
	land, seat := word("country", "Country", "Two letters, as in AU. "+lockHint, 2, &in.Country, &d.Country), word("address.country", "Country of the address", "Two letters, as in AU.", 2, &in.AddressLand, &a.Country)
	land.Options, seat.Options = lands(), lands()
	help, reply := word("support.email", "Support e-mail", "", 254, &in.Support, &d.Support.Email), word("email.reply_to", "Answers go to", "The address to which people answer. Letters themselves come from this Motorpool's own address.", 254, &in.ReplyTo, &d.Email.ReplyTo)
	help.Type, reply.Type = "email", "email"
	tongue := word("language", "Language", "A language, and a country if it matters.", 6, &in.Language, &d.Language)
	tongue.Options = choices("en", "en-AU", "en-GB", "en-NZ", "en-US", "de", "es", "fr", "it", "nl", "pt-BR", "pt-PT")
	return []pair{
		name,
		word("legal_name", "Legal name", "The legal entity, if it is called otherwise.", 200, &in.LegalName, &d.LegalName),
		word("tax.label", "Tax number is called", "ABN, VAT, EIN …", 20, &in.TaxLabel, &d.Tax.Label),
		word("tax.number", "Tax number", "", 40, &in.TaxNumber, &d.Tax.Number),
		land,
		word("website", "Website", "A whole address: https://…", 500, &in.Website, &d.Website),
		word("address.line_1", "Address", "", 120, &in.Line1, &a.Line1),
		word("address.line_2", "Address, second line", "", 120, &in.Line2, &a.Line2),
		word("address.city", "City", "", 80, &in.City, &a.City),
		word("address.state", "State or province", "", 80, &in.State, &a.State),
		word("address.postcode", "Postcode", "", 20, &in.Postcode, &a.Postcode),
		seat, help,
		word("support.phone", "Support phone", "", 32, &in.Phone, &d.Support.Phone),
		word("email.sender_name", "Letters come from", "A name. The workspace's if you give none.", 80, &in.SenderName, &d.Email.SenderName),
		reply, tongue,
	}
}

func (in *workspaceFields) how(f *workspace.Form) []pair {
	d, p, s := &f.Details, &f.Prefixes, &f.Settings
	field := func(one look.Field, typed, at *string) pair { return pair{one, typed, at, nil} }
	days := func(one look.Field, typed *string, at *int) pair {
		one.Type, one.Unit, one.Required = "number", "days", true
		return pair{one, typed, nil, at}
	}
	prefix := func(name, label string, typed, at *string) pair {
		return field(look.Field{Name: "number_prefixes." + name, Label: label, Max: 5, Hint: "Holds for numbers given from now on."}, typed, at)
	}
	return []pair{
		field(look.Field{Name: "brand.primary", Label: "First colour", Hint: "# and six hexadecimal digits: #0b5cad", Max: 7}, &in.Primary, &d.Brand.Primary),
		field(look.Field{Name: "brand.accent", Label: "Second colour", Hint: "For what should stand out.", Max: 7}, &in.Accent, &d.Brand.Accent),
		field(look.Field{Name: "time_zone", Label: "Time zone", Required: true, Options: zones(), Hint: "Times are shown in it, and days begin in it. A new one holds for what is scheduled from now on; what is scheduled already stays."}, &in.TimeZone, &f.TimeZone),
		field(look.Field{Name: "date_format", Label: "Dates are written", Type: "select", Options: dates()}, &in.DateFormat, &d.DateFormat),
		field(look.Field{Name: "first_day_of_week", Label: "Weeks begin on", Type: "select", Options: []look.Option{{Value: "monday", Text: "Monday"}, {Value: "saturday", Text: "Saturday"}, {Value: "sunday", Text: "Sunday"}}}, &in.FirstDay, &d.FirstDay),
		field(look.Field{Name: "distance_unit", Label: "Distances are in", Type: "select", Options: []look.Option{{Value: "km", Text: "Kilometres"}, {Value: "mi", Text: "Miles"}}}, &in.DistanceUnit, &d.DistanceUnit),
		field(look.Field{Name: "currency", Label: "Currency", Max: 3, Options: choices("AUD", "BRL", "CAD", "CHF", "EUR", "GBP", "NZD", "SGD", "USD", "ZAR"), Hint: "Three letters, as in AUD. " + lockHint}, &in.Currency, &d.Currency),
		days(look.Field{Name: "payment_terms_days", Label: "Invoices are due after", Hint: "0 to 365, unless the customer has other terms."}, &in.PaymentDays, &d.PaymentDays),
		prefix("booking", "Booking numbers begin with", &in.Booking, &p.Booking),
		prefix("invoice", "Invoice numbers begin with", &in.Invoice, &p.Invoice),
		prefix("credit_note", "Credit note numbers begin with", &in.CreditNote, &p.CreditNote),
		prefix("contract", "Contract numbers begin with", &in.Contract, &p.Contract),
		days(look.Field{Name: "settings.retention_days", Label: "Keep events and deliveries for", Hint: "1 to 365. After that they are gone for good."}, &in.Retention, &s.RetentionDays),
		days(look.Field{Name: "settings.disable_after_days", Label: "Disable an endpoint that only fails for", Hint: "1 to 30, or 0 for never."}, &in.DisableAfter, &s.DisableAfterDays),
	}
}

func choices(values ...string) (all []look.Option) {
	for _, v := range values {
		all = append(all, look.Option{Value: v, Text: v})
	}
	return all
}

// dates are the formats, each with a day written in it.
func dates() (all []look.Option) {
	for i, example := range []string{"31 Mar 2026", "31/03/2026", "03/31/2026", "2026-03-31", "31.03.2026"} {
		all = append(all, look.Option{Value: workspace.DateFormats()[i], Text: example})
	}
	return all
}

// lands are those that operators are likeliest to be in; any other can be typed.
func lands() []look.Option {
	return []look.Option{
		{Value: "AU", Text: "Australia"},
		{Value: "BR", Text: "Brazil"},
		{Value: "CA", Text: "Canada"},
		{Value: "DE", Text: "Germany"},
		{Value: "ES", Text: "Spain"},
		{Value: "FR", Text: "France"},
		{Value: "GB", Text: "United Kingdom"},
		{Value: "IE", Text: "Ireland"},
		{Value: "IN", Text: "India"},
		{Value: "NL", Text: "Netherlands"},
		{Value: "NZ", Text: "New Zealand"},
		{Value: "PT", Text: "Portugal"},
		{Value: "SG", Text: "Singapore"},
		{Value: "US", Text: "United States"},
		{Value: "ZA", Text: "South Africa"},
	}
}

// zones are those that operators are likeliest to be in; any other can be typed.
func zones() []look.Option {
	return choices(
		"Africa/Johannesburg", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "America/Toronto",
		"Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Adelaide", "Australia/Brisbane", "Australia/Darwin", "Australia/Hobart",
		"Australia/Melbourne", "Australia/Perth", "Australia/Sydney", "Europe/Amsterdam", "Europe/Berlin", "Europe/Dublin", "Europe/London",
		"Europe/Madrid", "Europe/Paris", "Europe/Zurich", "Pacific/Auckland", "UTC",
	)
}

// advice is what to know before there is another workspace (specification A, 1.3).
type advice struct{ One, Several, Never string }

var oneOrSeveral = advice{
	One:     "Stay in one workspace, with as many locations as you like, where legal entity, currency, tax country and brand are the same.",
	Several: "Take another workspace where one of these differs, or where some of your staff must not see the others' customers. Each has its own fleet, customers, packages, users, numbers, payment providers, tax rules, templates, webhooks and website.",
	Never:   "Nothing moves from one workspace to another. Only the people who sign in can work in several.",
}
