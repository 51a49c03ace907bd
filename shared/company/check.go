package company

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"

	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/pattern"
)

const (
	maxEmails   = 10
	maxContacts = 30
	maxTags     = 20
	maxTerms    = 365
)

var (
	countryForm = pattern.New(`^[A-Z]{2}$`)
	phoneForm   = pattern.New(`^\+?[0-9 ().-]{4,30}$`)
)

// checked returns d in its normal form, or everything that is wrong with it.
func (d Details) checked() (Details, error) {
	d = d.clone()
	c := &form.Complaints{Noun: "company"}
	c.Text("trading_name", &d.TradingName, 100)
	if d.TradingName == "" {
		c.Add("trading_name", "Give a name; it cannot be empty.")
	}
	c.Text("legal_name", &d.LegalName, 150)
	d.TaxNumber.check(c)
	d.Registered.check(c, "registered_address")
	d.Billing.check(c, "billing_address")
	d.checkEmails(c)
	c.Text("phone", &d.Phone, 30)
	if d.Phone != "" && !phoneForm(d.Phone) {
		c.Add("phone", "Give a telephone number: digits, spaces and hyphens, with + and the country first where it is abroad.")
	}
	d.checkMoney(c)
	c.Text("notes", &d.Notes, 5000)
	for i := range d.Tags {
		c.Text(fmt.Sprintf("tags[%d]", i), &d.Tags[i], 40)
	}
	if d.Tags = unique(d.Tags); len(d.Tags) > maxTags {
		c.Add("tags", "Give at most %d tags.", maxTags)
	}
	return d, c.Err()
}

func (d *Details) checkEmails(c *form.Complaints) {
	for i, e := range d.BillingEmails {
		e = strings.ToLower(strings.TrimSpace(e))
		d.BillingEmails[i] = e
		if a, err := mail.ParseAddress(e); err != nil || a.Address != e || a.Name != "" || len(e) > 254 {
			c.Add(fmt.Sprintf("billing_emails[%d]", i), "Give one e-mail address, for example accounts@bluegum.example.")
		}
	}
	switch d.BillingEmails = unique(d.BillingEmails); {
	case len(d.BillingEmails) == 0:
		c.Add("billing_emails", "Give at least one e-mail address for bills.")
	case len(d.BillingEmails) > maxEmails:
		c.Add("billing_emails", "Give at most %d e-mail addresses.", maxEmails)
	}
}

func (d *Details) checkMoney(c *form.Complaints) {
	if d.PaymentTerms < 0 || d.PaymentTerms > maxTerms {
		c.Add("payment_terms_days", "Give 0 to %d days.", maxTerms)
	}
	c.Cost("credit_limit", d.CreditLimit)
	x := &d.TaxExemption
	c.Text("tax_exemption.reason", &x.Reason, 200)
	c.Text("tax_exemption.certificate", &x.Certificate, 60)
	if x.Reason == "" && *x != (Exemption{}) {
		c.Add("tax_exemption.reason", "Say why the company pays no tax.")
	}
}

func (a *Place) check(c *form.Complaints, field string) {
	c.Text(field+".line_1", &a.Line1, 100)
	c.Text(field+".line_2", &a.Line2, 100)
	c.Text(field+".city", &a.City, 60)
	c.Text(field+".state", &a.State, 60)
	c.Text(field+".postcode", &a.Postcode, 20)
	a.Country = strings.ToUpper(strings.TrimSpace(a.Country))
	if a.Country != "" && !countryForm(a.Country) {
		c.Add(field+".country", "Give the country as its two letters of ISO 3166: AU.")
	}
	if *a != (Place{}) && a.Line1 == "" {
		c.Add(field+".line_1", "Give the street, or leave the whole address out.")
	}
}

// checkedRoles returns roles in their usual order, each once.
func checkedRoles(roles []string) ([]string, error) {
	for i, r := range roles {
		if !slices.Contains(Roles, r) {
			return nil, fault.New(fault.Invalid, "company.roles", "Choose from %s.", strings.Join(Roles, ", ")).At(fmt.Sprintf("roles[%d]", i))
		}
	}
	if len(roles) == 0 {
		return nil, fault.New(fault.Invalid, "company.roles", "Give at least one of %s.", strings.Join(Roles, ", ")).At("roles")
	}
	return sortedRoles(roles), nil
}

func sortedRoles(roles []string) []string {
	var out []string
	for _, r := range Roles {
		if slices.Contains(roles, r) {
			out = append(out, r)
		}
	}
	return out
}

// withoutPrimary takes the role of primary contact from all but one person. Who
// was nothing else is a contact for the fleet from then on.
func withoutPrimary(contacts []Contact, but string) []Contact {
	contacts = cloneContacts(contacts)
	for i := range contacts {
		if contacts[i].Person == but {
			continue
		}
		rest := slices.DeleteFunc(contacts[i].Roles, func(r string) bool { return r == "primary" })
		if len(rest) == 0 {
			rest = []string{"fleet"}
		}
		contacts[i].Roles = rest
	}
	return contacts
}

func cloneContacts(list []Contact) []Contact {
	out := slices.Clone(list)
	for i := range out {
		out[i].Roles = slices.Clone(out[i].Roles)
	}
	return out
}

// unique leaves out what is empty or was there before, and keeps the order.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// clone shares nothing with d.
func (d Details) clone() Details {
	d.BillingEmails, d.Tags = slices.Clone(d.BillingEmails), slices.Clone(d.Tags)
	return d
}
