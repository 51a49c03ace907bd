package person

import (
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/pattern"
	"motorpool/shared/span"
)

const (
	maxTags  = 20
	maxEmail = 254 // RFC 5321, 4.5.3.1.3, without the angle brackets
	maxTerms = 365
)

var (
	languageForm = pattern.New(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`)
	domainForm   = pattern.New(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$`)
)

// complaints are those of a form, with checks that the forms here share.
type complaints struct{ form.Complaints }

// about begins to look at a form of a noun.
func about(noun string) *complaints { return &complaints{form.Complaints{Noun: noun}} }

// line is text whose spaces are single ones.
func (c *complaints) line(field string, s *string, limit int) {
	if form.Line(*s) {
		*s = strings.Join(strings.Fields(*s), " ")
	}
	c.Text(field, s, limit)
}

func (c *complaints) only(ok bool, field, reason string) {
	if !ok {
		c.Add(field, "%s", reason)
	}
}

func (c *complaints) oneOf(field, s string, known []string) {
	if s != "" {
		c.OneOf(field, s, known)
	}
}

func (c *complaints) phone(field string, s *string, country string) {
	n, err := Phone(*s, country)
	if wrong, ok := errors.AsType[*fault.Error](err); ok {
		c.Add(field, "%s", wrong.Message)
		return
	}
	*s = n
}

// email takes an address as RFC 5322 has it, with a domain that mail can be
// sent to. The domain is made lower case, what is before it is left alone.
func (c *complaints) email(field string, s *string) {
	if *s = strings.TrimSpace(*s); *s == "" {
		return
	}
	at := strings.LastIndexByte(*s, '@')
	a, err := mail.ParseAddress(*s)
	if err != nil || a.Name != "" || a.Address != *s || at < 1 || at > 64 || len(*s) > maxEmail || !domainForm(strings.ToLower((*s)[at+1:])) {
		c.Add(field, "Give an e-mail address, like ana@example.com.")
		return
	}
	*s = (*s)[:at] + strings.ToLower((*s)[at:])
}

func (c *complaints) address(field string, a *PersonAddress) {
	c.line(field+".line_1", &a.Line1, 100)
	c.line(field+".line_2", &a.Line2, 100)
	c.line(field+".city", &a.City, 80)
	c.line(field+".state", &a.State, 60)
	c.line(field+".postcode", &a.Postcode, 16)
	a.Postcode = strings.ToUpper(a.Postcode)
	if a.Country = strings.ToUpper(strings.TrimSpace(a.Country)); a.Country != "" && !isCountry(a.Country) {
		c.Add(field+".country", "Give a country by its two letters of ISO 3166, like AU.")
	}
}

func (c *complaints) past(field string, d span.Date, at time.Time) {
	// Somewhere on earth it is up to 14 hours later than in UTC.
	if !d.IsZero() && (d.Year < 1900 || span.DateOf(at.UTC().Add(14*time.Hour)).Before(d)) {
		c.Add(field, "Give a day from 1900 to today.")
	}
}

// checked returns d in its normal form, or everything that is wrong with it.
// Was is what was said before.
func (d PersonDetails) checked(was PersonDetails, country string, at time.Time) (PersonDetails, error) {
	c := about("person")
	c.line("given_name", &d.GivenName, 80)
	c.line("middle_names", &d.MiddleNames, 80)
	c.line("family_name", &d.FamilyName, 80)
	c.line("preferred_name", &d.PreferredName, 80)
	if d.GivenName == "" && d.FamilyName == "" {
		c.Add("family_name", "Give a given name or a family name.")
	}
	c.email("email", &d.Email)
	c.phone("mobile", &d.Mobile, country)
	c.past("birth_date", d.BirthDate, at)
	c.address("residential_address", &d.ResidentialAddress)
	c.address("billing_address", &d.BillingAddress)
	d.checkDealings(c)
	d.checkConsent(c, was.MarketingConsent, at)
	c.Text("notes", &d.Notes, 5000)
	tags := make([]string, 0, len(d.Tags))
	for i, tag := range d.Tags {
		c.line(fmt.Sprintf("tags[%d]", i), &tag, 40)
		if tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	if d.Tags = tags; len(tags) == 0 {
		d.Tags = nil
	}
	if len(d.Tags) > maxTags {
		c.Add("tags", "Give at most %d tags.", maxTags)
	}
	return d, c.Err()
}

func (d *PersonDetails) checkDealings(c *complaints) {
	if _, err := time.LoadLocation(d.TimeZone); d.TimeZone != "" && (err != nil || d.TimeZone == "Local") {
		c.Add("time_zone", "Give a time zone by its IANA name, like Australia/Sydney.")
	}
	if d.PaymentTermsDays != nil && (*d.PaymentTermsDays < 0 || *d.PaymentTermsDays > maxTerms) {
		c.Add("payment_terms_days", "Give a number of days from 0 to %d.", maxTerms)
	}
	c.line("tax_id", &d.TaxID, 40)
	if d.Language != "" && !languageForm(d.Language) {
		c.Add("language", "Give a language by its BCP 47 tag, like en or en-AU.")
	}
}

// checkConsent settles when an answer was given: an answer that has changed is a
// new one, given now unless it says when.
func (d *PersonDetails) checkConsent(c *complaints, was PersonConsent, at time.Time) {
	is := &d.MarketingConsent
	c.line("marketing_consent.how", &is.How, 200)
	if is.Given != was.Given && is.At.Equal(was.At) || is.Given && is.At.IsZero() {
		is.At = at
	}
	if is.At.After(at.Add(time.Minute)) {
		c.Add("marketing_consent.at", "They cannot have said so in the future.")
	}
	if is.Given && is.How == "" {
		c.Add("marketing_consent.how", "Say how they gave it; consent that cannot be shown is none.")
	}
	is.At = is.At.UTC()
}
