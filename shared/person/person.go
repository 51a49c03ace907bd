// Package person keeps the people who rent: the customers of a workspace.
//
// A person is described, blocked and unblocked, merged with their duplicate,
// put away, and in the end erased or, if nothing ever referred to them, deleted.
// What holds at all times:
//
//   - no two people have one e-mail address, whatever its case;
//   - the pointers there are, are those that follow from the people there are;
//   - an identifier that was ever given out leads to the person, through merges too;
//   - nothing personal is in an event or an audit entry: both say which personal
//     field changed and not what it says (decision 0027);
//   - what was anonymised cannot be read anywhere here again.
//
// Who may see what is personal is left to the routes. Whether a booking or an
// invoice needs a person is asked of others, through References.
package person

import (
	"time"

	"motorpool/events"
	"motorpool/shared/fault"
	"motorpool/shared/span"
)

// Person is one customer.
type Person struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	PersonDetails
	Contacts     []PersonContact `json:"contacts,omitempty"`
	Block        *Block          `json:"block,omitempty"` // the one in force
	MergedInto   string          `json:"merged_into,omitempty"`
	MergedFrom   []string        `json:"merged_from,omitempty"` // all, those of theirs included
	Claim        int64           `json:"claim,omitempty"`       // version of the claim on the e-mail address; zero: 1
	ArchivedAt   time.Time       `json:"archived_at,omitzero"`
	AnonymisedAt time.Time       `json:"anonymised_at,omitzero"`
	Past         []string        `json:"past_emails,omitempty"` // addresses they had before: letters were sent there
	Closing      bool            `json:"closing,omitempty"`     // somebody has begun to delete or anonymise them; see Refer
	Created      time.Time       `json:"created"`
	Updated      time.Time       `json:"updated"`
	Version      int64           `json:"-"` // counts the changes, this value's included

	was  *Person        // as it was loaded; nil if it is new
	news []events.Event // what the changes since then have to tell
}

// PersonDetails is what people say of a person. All of it may be edited.
type PersonDetails struct {
	GivenName          string        `json:"given_name,omitempty" doc:"Given or family name is needed" example:"Ana"`
	MiddleNames        string        `json:"middle_names,omitempty" example:"Lucía"`
	FamilyName         string        `json:"family_name,omitempty" example:"Núñez"`
	PreferredName      string        `json:"preferred_name,omitempty" doc:"What they like to be called" example:"Annie"`
	Email              string        `json:"email,omitempty" doc:"No other person may have it, whatever its case" example:"ana@example.com"`
	Mobile             string        `json:"mobile,omitempty" doc:"Kept in international form. A number without + and country code is one of the workspace's country" example:"+61412345678"`
	BirthDate          span.Date     `json:"birth_date,omitzero" format:"date" example:"1991-04-30"`
	ResidentialAddress PersonAddress `json:"residential_address,omitzero"`
	BillingAddress     PersonAddress `json:"billing_address,omitzero" doc:"The residential address, unless you give one"`
	TimeZone           string        `json:"time_zone,omitempty" doc:"IANA name; dates on their invoices are meant there" example:"Australia/Sydney"`
	PaymentTermsDays   *int          `json:"payment_terms_days,omitempty" doc:"Days until their invoices are due, from 0 to 365; the workspace's unless you say otherwise" example:"14"`
	TaxID              string        `json:"tax_id,omitempty" example:"51824753556"`
	Language           string        `json:"language,omitempty" doc:"BCP 47: a language, and a region where that matters" example:"en-AU"`
	MarketingConsent   PersonConsent `json:"marketing_consent,omitzero"`
	Notes              string        `json:"notes,omitempty" doc:"At most 5,000 characters"`
	Tags               []string      `json:"tags,omitempty" doc:"At most 20"`
}

// PersonAddress is where somebody lives, or where their invoices go.
type PersonAddress struct {
	Line1    string `json:"line_1,omitempty" example:"12 Harbour St"`
	Line2    string `json:"line_2,omitempty" example:"Unit 4"`
	City     string `json:"city,omitempty" example:"Sydney"`
	State    string `json:"state,omitempty" example:"NSW"`
	Postcode string `json:"postcode,omitempty" example:"2000"`
	Country  string `json:"country,omitempty" doc:"ISO 3166, two letters" example:"AU"`
}

// PersonConsent is what somebody answered when asked whether they want marketing.
type PersonConsent struct {
	Given bool      `json:"given,omitempty"`
	At    time.Time `json:"at,omitzero" doc:"When they said so; now, unless you say otherwise"`
	How   string    `json:"how,omitempty" doc:"How they said so. Needed where consent is given" example:"Ticked on the sign-up form"`
}

// State is what follows from the rest of a person; nobody sets it.
type State string

// The states.
const (
	Active   State = "active"
	Blocked  State = "blocked"
	Archived State = "archived" // blocked or not
)

// State says what state p is in.
func (p *Person) State() State {
	switch {
	case !p.ArchivedAt.IsZero() || p.MergedInto != "":
		return Archived
	case p.Block != nil:
		return Blocked
	}
	return Active
}

// create makes a new person of what is said of them.
func create(id, workspace string, d PersonDetails, country string, at time.Time) (*Person, error) {
	p := &Person{ID: id, Workspace: workspace, Created: at, Updated: at, Version: 1}
	d, err := d.checked(PersonDetails{}, country, at)
	if err != nil {
		return nil, err
	}
	p.PersonDetails = d
	p.tell(events.PersonCreated{Object: p.Object()})
	return p, nil
}

// Describe replaces what is said of p. Saying the same again changes nothing.
// Country is the one of a mobile number that names none.
func (p *Person) Describe(d PersonDetails, country string, at time.Time) error {
	if err := p.kept(); err != nil {
		return err
	}
	d, err := d.checked(p.PersonDetails, country, at)
	if err != nil {
		return err
	}
	was := p.snapshot()
	p.PersonDetails = d
	p.tellUpdated(was, at)
	return nil
}

// Archive puts p away: out of lists and searches, unless they ask for it.
// Doing what is done already changes nothing.
func (p *Person) Archive(at time.Time) error {
	if err := p.kept(); err != nil || !p.ArchivedAt.IsZero() {
		return err
	}
	was := p.snapshot()
	p.ArchivedAt = at
	is, previous, _ := p.changed(was, at)
	p.tell(events.PersonArchived{Object: is, Previous: previous})
	return nil
}

// Restore brings p back from the archive. Doing what is done already changes nothing.
func (p *Person) Restore(at time.Time) error {
	if err := p.kept(); err != nil {
		return err
	}
	was := p.snapshot()
	p.ArchivedAt = time.Time{}
	p.tellUpdated(was, at)
	return nil
}

// anonymise erases what is personal. The caller has seen to it that nothing
// needs it.
func (p *Person) anonymise(at time.Time) error {
	if p.Block != nil {
		return fault.New(fault.Conflict, "person.blocked", "This person is blocked. Once erased, nobody would know them again: lift the block first, if that is what you want.")
	}
	was := p.snapshot()
	p.PersonDetails, p.Contacts, p.Past, p.AnonymisedAt = PersonDetails{}, nil, nil, at
	if p.ArchivedAt.IsZero() {
		p.ArchivedAt = at
	}
	is, previous, _ := p.changed(was, at)
	p.tell(events.PersonAnonymised{Object: is, Previous: previous})
	return nil
}

// kept returns fault.Conflict if p was erased: then there is nobody to change.
func (p *Person) kept() error {
	if !p.AnonymisedAt.IsZero() {
		return fault.New(fault.Conflict, "person.anonymised", "This person was anonymised on %s and can no longer be changed.", span.DateOf(p.AnonymisedAt))
	}
	return nil
}
