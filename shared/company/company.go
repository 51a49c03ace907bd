// Package company keeps the companies that rent, and who speaks for them.
//
// A company is a customer as a person is: it may own bookings and pay, but not
// drive. It is described and described anew, and archived when it is a customer
// no longer; it can come back. What holds at all times:
//
//   - a company has a trading name and 1 to 10 addresses for its bills;
//   - its contacts are people of the workspace, each named once, and exactly one
//     of them is the primary contact where there are any;
//   - who gets its bills by default is the company itself or one of its contacts;
//   - a person's companies are those that name the person as a contact.
//
// Two companies may share a tax number, a name or an e-mail address: branches
// do. Who looks alike is told (Duplicates) and never refused. Who a person is,
// is asked of others, through People.
package company

import (
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
	"motorpool/shared/money"
	"motorpool/shared/span"
)

// Company is one company.
type Company struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	Details
	Contacts   []Contact `json:"contacts,omitempty"`
	MergedInto string    `json:"merged_into,omitempty"` // the company that took its place
	ArchivedAt time.Time `json:"archived_at,omitzero"`
	Created    time.Time `json:"created"`
	Updated    time.Time `json:"updated"`
	Version    int64     `json:"-"` // counts the changes, this value's included

	was  *Company       // as it was loaded; nil if it is new
	news []events.Event // what the changes since then have to tell
}

// Details is what people say of a company. All of it may be edited.
type Details struct {
	TradingName   string       `json:"trading_name" doc:"What people call it" example:"Blue Gum Logistics"`
	LegalName     string       `json:"legal_name,omitempty" doc:"As it is registered" example:"Blue Gum Logistics Pty Ltd"`
	TaxNumber     TaxID        `json:"tax_number,omitzero" doc:"By which the tax office knows it"`
	Registered    Place        `json:"registered_address,omitzero"`
	Billing       Place        `json:"billing_address,omitzero" doc:"Where it is not the registered address"`
	BillingEmails []string     `json:"billing_emails" nullable:"false" doc:"Where its bills go: 1 to 10 addresses" example:"[\"accounts@bluegum.example\"]"`
	Phone         string       `json:"phone,omitempty" example:"+61 2 5550 1234"`
	PaymentTerms  int          `json:"payment_terms_days,omitempty" minimum:"0" maximum:"365" doc:"Days from a bill to when it is due; 0 is what the workspace says" example:"14"`
	CreditLimit   money.Amount `json:"credit_limit,omitzero" doc:"What it may owe at the most"`
	PORequired    bool         `json:"po_required,omitempty" doc:"Its bills need a purchase order number"`
	TaxExemption  Exemption    `json:"tax_exemption,omitzero" doc:"Why it pays no tax"`
	BillTo        string       `json:"default_bill_to,omitempty" doc:"Who gets its bills: one of its contacts, or empty for the company itself" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Tags          []string     `json:"tags,omitempty" doc:"At most 20"`
	Notes         string       `json:"notes,omitempty" doc:"At most 5,000 characters"`
}

// TaxID is the number by which a tax office knows a company.
type TaxID struct {
	Kind   string `json:"kind" doc:"abn and acn (Australia), vat (European Union, United Kingdom), ein (United States) or other" enum:"abn,acn,vat,ein,other" example:"abn"`
	Number string `json:"number" doc:"Without spaces; a VAT number with its country" example:"51824753556"`
}

// Place is a place where letters arrive.
type Place struct {
	Line1    string `json:"line_1,omitempty" example:"12 Harbour Street"`
	Line2    string `json:"line_2,omitempty" example:"Level 3"`
	City     string `json:"city,omitempty" example:"Sydney"`
	State    string `json:"state,omitempty" example:"NSW"`
	Postcode string `json:"postcode,omitempty" example:"2000"`
	Country  string `json:"country,omitempty" doc:"ISO 3166, two letters" example:"AU"`
}

// Exemption is why a company pays no tax, and until when.
type Exemption struct {
	Reason      string    `json:"reason" doc:"Why" example:"Diplomatic mission"`
	Certificate string    `json:"certificate,omitempty" doc:"The number of the certificate" example:"EX-20931"`
	Until       span.Date `json:"until,omitzero" format:"date" doc:"The last day it holds; empty: for good" example:"2027-06-30"`
}

// Holds reports whether bills of this day are without tax.
func (e Exemption) Holds(on span.Date) bool {
	return e.Reason != "" && (e.Until.IsZero() || !e.Until.Before(on))
}

// Contact is a person who speaks for a company.
type Contact struct {
	Person string   `json:"person" doc:"per_…" example:"per_01k9x3v7q2m8r4t6w0y5z1a3b5"`
	Roles  []string `json:"roles" nullable:"false" doc:"primary, billing, fleet and driver: at least one; one contact is the primary" example:"[\"primary\",\"billing\"]"`
}

// Roles are what contacts can be to a company.
var Roles = []string{"primary", "billing", "fleet", "driver"}

// Status says whether a company is a customer.
type Status string

// The statuses there are.
const (
	Active   Status = "active"
	Archived Status = "archived"
)

// Status says what state c is in.
func (c *Company) Status() Status {
	if c.ArchivedAt.IsZero() {
		return Active
	}
	return Archived
}

// PrimaryContact is the person to speak to first; empty if there is none.
func (c *Company) PrimaryContact() string {
	for _, k := range c.Contacts {
		if slices.Contains(k.Roles, "primary") {
			return k.Person
		}
	}
	return ""
}

// create makes a new company of what is said of it.
func create(id, workspace string, d Details, at time.Time) (*Company, error) {
	c := &Company{ID: id, Workspace: workspace, Created: at, Updated: at, Version: 1}
	d, err := d.checked()
	if err == nil {
		err = c.billable(d.BillTo)
	}
	if err != nil {
		return nil, err
	}
	c.Details = d
	c.tell(events.CompanyCreated{Object: c.Object()})
	return c, nil
}

// Describe replaces what is said of c. Saying the same again changes nothing.
func (c *Company) Describe(d Details, at time.Time) error {
	if err := c.inService(); err != nil {
		return err
	}
	d, err := d.checked()
	if err == nil {
		err = c.billable(d.BillTo)
	}
	if err != nil {
		return err
	}
	was := c.Object()
	c.Details = d
	c.tellUpdated(was, at)
	return nil
}

// Name makes a person a contact of c, or gives a contact other roles. A new
// primary contact takes the role from the old one; the first contact gets it
// unasked.
func (c *Company) Name(person string, roles []string, at time.Time) error {
	if err := c.inService(); err != nil {
		return err
	}
	roles, err := checkedRoles(roles)
	if err != nil {
		return err
	}
	was := c.Object()
	i := slices.IndexFunc(c.Contacts, func(k Contact) bool { return k.Person == person })
	first := c.PrimaryContact()
	if first == person && !slices.Contains(roles, "primary") {
		return fault.New(fault.Conflict, "company.primary", "This is the primary contact. Make another contact the primary one first.").At("roles")
	}
	contacts := cloneContacts(c.Contacts)
	if slices.Contains(roles, "primary") {
		contacts = withoutPrimary(contacts, person)
	} else if first == "" {
		roles = append([]string{"primary"}, roles...)
	}
	if i >= 0 {
		contacts[i].Roles = roles
	} else if contacts = append(contacts, Contact{person, roles}); len(contacts) > maxContacts {
		return fault.New(fault.Conflict, "company.contacts", "A company has at most %d contacts.", maxContacts)
	}
	c.Contacts = contacts
	c.tellUpdated(was, at)
	return nil
}

// Drop takes a person off the contacts of c. If it was the primary one, the
// oldest of the others is from now on.
func (c *Company) Drop(person string, at time.Time) error {
	if err := c.inService(); err != nil {
		return err
	}
	i := slices.IndexFunc(c.Contacts, func(k Contact) bool { return k.Person == person })
	switch {
	case i < 0:
		return fault.New(fault.NotFound, "company.no_contact", "This person is no contact of the company.")
	case c.BillTo == person:
		return fault.New(fault.Conflict, "company.bill_to", "This contact gets the company's bills. Choose somebody else as default bill-to first.")
	}
	was := c.Object()
	primary := c.PrimaryContact() == person
	c.Contacts = slices.Delete(cloneContacts(c.Contacts), i, i+1)
	if primary && len(c.Contacts) > 0 {
		c.Contacts[0].Roles = append([]string{"primary"}, c.Contacts[0].Roles...)
	}
	c.tellUpdated(was, at)
	return nil
}

// Archive takes c off the list of customers. Its contacts stay named.
func (c *Company) Archive(at time.Time) error {
	if err := c.inService(); err != nil {
		return err
	}
	was := c.Object()
	c.ArchivedAt = at
	is, previous := c.changed(was, at)
	c.tell(events.CompanyArchived{Object: is, Previous: previous})
	return nil
}

// Restore makes an archived company a customer again. One that was merged into
// another stays away.
func (c *Company) Restore(at time.Time) error {
	switch {
	case c.MergedInto != "":
		return fault.New(fault.Conflict, "company.merged", "This company was merged into %s, which has taken its place.", c.MergedInto)
	case c.Status() == Active:
		return nil
	}
	was := c.Object()
	c.ArchivedAt = time.Time{}
	c.tellUpdated(was, at)
	return nil
}

func (c *Company) inService() error {
	if c.Status() == Archived {
		return fault.New(fault.Conflict, "company.archived", "This company is archived and cannot be changed. Restore it first.")
	}
	return nil
}

// billable reports whether c's bills may go to this person.
func (c *Company) billable(person string) error {
	if person != "" && !slices.ContainsFunc(c.Contacts, func(k Contact) bool { return k.Person == person }) {
		return fault.New(fault.Invalid, "company.default_bill_to", "Choose one of the company's contacts, or leave it empty for the company itself.").At("default_bill_to")
	}
	return nil
}
