package workspace

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/shared/country"
	"motorpool/shared/form"
	"motorpool/shared/money"
	"motorpool/shared/pattern"
)

var (
	colour   = pattern.New(`^#[0-9a-f]{6}$`)
	language = pattern.New(`^[a-z]{2,3}(-[A-Z]{2})?$`)
	number   = pattern.New(`^[A-Z][A-Z0-9]{0,4}$`)
	phone    = pattern.New(`^\+?[0-9][0-9 ()./-]{3,30}$`)
)

// complaints are those of a workspace's form.
type complaints struct{ form.Complaints }

// check brings w into its normal form, or says what is wrong with every field.
func (w *Workspace) check() error {
	c := &complaints{form.Complaints{Noun: "workspace", Words: "Some settings are not right; see errors."}}
	w.Name = strings.TrimSpace(w.Name)
	if n := utf8.RuneCountInString(w.Name); n == 0 || n > 100 || !form.Line(w.Name) {
		c.Add("name", "Give a name of 1 to 100 characters.")
	}
	if w.Mode != Live && w.Mode != Test {
		c.Add("mode", "A workspace is live or test.")
	}
	if _, err := time.LoadLocation(w.TimeZone); err != nil || w.TimeZone == "" || w.TimeZone == "Local" {
		c.Add("time_zone", "Give an IANA time zone, for example Australia/Sydney.")
	}
	if d := w.Settings.RetentionDays; d < 1 || d > 365 {
		c.Add("settings.retention_days", "Keep events for 1 to 365 days.")
	}
	if d := w.Settings.DisableAfterDays; d < 0 || d > 30 {
		c.Add("settings.disable_after_days", "Disable after 1 to 30 days, or give 0 for never.")
	}
	w.complete()
	w.checkWho(c)
	w.checkHow(c)
	w.checkWhere(c)
	return c.Err()
}

// checkWho looks at who the operator is.
func (d *Details) checkWho(c *complaints) {
	c.line("legal_name", &d.LegalName, 200)
	c.line("tax.label", &d.Tax.Label, 20)
	c.line("tax.number", &d.Tax.Number, 40)
	if d.Tax.Number != "" && d.Tax.Label == "" {
		c.Add("tax.label", "Say what the number is called: ABN, VAT, EIN.")
	}
	for field, id := range map[string]string{"logo.light": d.Logo.Light, "logo.dark": d.Logo.Dark} {
		if id != "" && !strings.HasPrefix(id, "att_") {
			c.Add(field, "Give the id of an upload: att_…")
		}
	}
	for _, f := range []struct {
		name string
		at   *string
	}{{"brand.primary", &d.Brand.Primary}, {"brand.accent", &d.Brand.Accent}} {
		*f.at = strings.ToLower(strings.TrimSpace(*f.at))
		if *f.at != "" && !colour(*f.at) {
			c.Add(f.name, "Give a colour as # and six hexadecimal digits: #0b5cad.")
		}
	}
	c.country("country", &d.Country)
	d.Currency = strings.ToUpper(strings.TrimSpace(d.Currency))
	if d.Currency != "" && (money.Amount{Currency: d.Currency}).Check() != nil {
		c.Add("currency", "Give the three letters of a currency, as ISO 4217 has them: AUD.")
	}
}

// checkHow looks at how the operator writes.
func (d *Details) checkHow(c *complaints) {
	c.among("distance_unit", d.DistanceUnit, "km", "mi")
	c.among("date_format", d.DateFormat, DateFormats()...)
	c.among("first_day_of_week", d.FirstDay, "monday", "saturday", "sunday")
	if !language(d.Language) {
		c.Add("language", "Give a language, and a country if it matters: en, en-AU, pt-BR.")
	}
	if d.PaymentDays < 0 || d.PaymentDays > 365 {
		c.Add("payment_terms_days", "Give 0 to 365 days.")
	}
	taken := map[string]bool{}
	p := &d.Prefixes
	for _, f := range []struct {
		name string
		at   *string
	}{{"booking", &p.Booking}, {"invoice", &p.Invoice}, {"credit_note", &p.CreditNote}, {"contract", &p.Contract}} {
		*f.at = strings.ToUpper(strings.TrimSpace(*f.at))
		switch {
		case !number(*f.at):
			c.Add("number_prefixes."+f.name, "Give 1 to 5 letters and digits, a letter first.")
		case taken[*f.at]:
			c.Add("number_prefixes."+f.name, "Another kind of number begins so already. Nobody could tell them apart.")
		}
		taken[*f.at] = true
	}
}

// checkWhere looks at where the operator is found.
func (d *Details) checkWhere(c *complaints) {
	a := &d.Address
	c.line("address.line_1", &a.Line1, 120)
	c.line("address.line_2", &a.Line2, 120)
	c.line("address.city", &a.City, 80)
	c.line("address.state", &a.State, 80)
	c.line("address.postcode", &a.Postcode, 20)
	c.country("address.country", &a.Country)
	c.email("support.email", &d.Support.Email)
	c.email("email.reply_to", &d.Email.ReplyTo)
	d.Support.Phone = strings.TrimSpace(d.Support.Phone)
	if d.Support.Phone != "" && !phone(d.Support.Phone) {
		c.Add("support.phone", "Give a phone number: digits with spaces, and + before the country's code.")
	}
	d.Website = strings.TrimSpace(d.Website)
	if u, err := url.Parse(d.Website); d.Website != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || len(d.Website) > 500) {
		c.Add("website", "Give a whole address, such as https://example.com.")
	}
	c.line("email.sender_name", &d.Email.SenderName, 80)
	if strings.ContainsAny(d.Email.SenderName, "@<>") {
		c.Add("email.sender_name", "Give a name without an address in it.")
	}
}

// DateFormats are those that people may choose from.
func DateFormats() []string {
	return []string{"d MMM yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "yyyy-MM-dd", "dd.MM.yyyy"}
}

// line trims *s, which is one line of at most n characters. What is not could
// begin a line of its own in a letter's head.
func (c *complaints) line(field string, s *string, n int) {
	*s = strings.TrimSpace(*s)
	if utf8.RuneCountInString(*s) > n || !form.Line(*s) {
		c.Add(field, "Use one line of at most %d characters.", n)
	}
}

func (c *complaints) email(field string, s *string) {
	*s = strings.TrimSpace(*s)
	if a, err := mail.ParseAddress(*s); *s != "" && (err != nil || a.Address != *s || len(*s) > 254 || !form.Line(*s)) {
		c.Add(field, "Give one e-mail address, such as desk@example.com.")
	}
}

func (c *complaints) country(field string, s *string) {
	*s = strings.ToUpper(strings.TrimSpace(*s))
	if *s != "" && !country.Known(*s) {
		c.Add(field, "Give the two letters of a country, as ISO 3166-1 has them: AU.")
	}
}

func (c *complaints) among(field, value string, choices ...string) {
	if !slices.Contains(choices, value) {
		c.Add(field, "Choose one of: %s.", strings.Join(choices, ", "))
	}
}
