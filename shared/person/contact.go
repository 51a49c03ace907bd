package person

import (
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/span"
)

// ContactTypes are what a contact is to a person.
var ContactTypes = []string{"emergency", "employer", "reference"}

const maxContacts = 30

// PersonContact is somebody who can be asked about a person, or called for them.
type PersonContact struct {
	ID string `json:"id"`
	PersonContactDetails
	VerifiedAt time.Time     `json:"verified_at,omitzero" doc:"When somebody checked it; gone when name, phone, e-mail or company change"`
	VerifiedBy *access.Actor `json:"verified_by,omitempty"`
}

// PersonContactDetails is what people say of a contact.
type PersonContactDetails struct {
	Type         string        `json:"type" enum:"emergency,employer,reference" example:"emergency"`
	Name         string        `json:"name,omitempty" doc:"Needed, except of an employer" example:"Luis Núñez"`
	Relationship string        `json:"relationship,omitempty" example:"Brother"`
	Phone        string        `json:"phone,omitempty" doc:"Kept in international form" example:"+61412345679"`
	Email        string        `json:"email,omitempty" example:"luis@example.com"`
	Address      PersonAddress `json:"address,omitzero"`
	Company      string        `json:"company,omitempty" doc:"Of an employer: needed" example:"Harbour Freight"`
	Role         string        `json:"role,omitempty" doc:"Of an employer: what they do there" example:"Driver"`
	StartDate    span.Date     `json:"start_date,omitzero" format:"date" doc:"Of an employer: since when" example:"2024-02-01"`
	IncomeBand   string        `json:"income_band,omitempty" doc:"Of an employer" example:"60,000 to 80,000"`
	Notes        string        `json:"notes,omitempty" doc:"At most 500 characters"`
}

// addContact adds a contact to p.
func (p *Person) addContact(id string, d PersonContactDetails, country string, at time.Time) error {
	if err := p.kept(); err != nil {
		return err
	}
	d, err := d.checked(country, at)
	if err != nil {
		return err
	}
	if len(p.Contacts) >= maxContacts {
		return tooManyContacts()
	}
	was := p.snapshot()
	p.Contacts = append(slices.Clone(p.Contacts), PersonContact{ID: id, PersonContactDetails: d})
	is, _, _ := p.changed(was, at)
	p.tell(events.ContactAdded{Object: is, Contact: p.Contacts[len(p.Contacts)-1].Object()})
	return nil
}

func tooManyContacts() error {
	return fault.New(fault.Conflict, "contact.too_many", "A person has at most %d contacts. Remove one first.", maxContacts)
}

// editContact replaces what is said of a contact. Who it is must be verified
// again if that changes.
func (p *Person) editContact(id string, edit func(*PersonContactDetails) error, country string, at time.Time) error {
	i, err := p.contact(id)
	if err != nil {
		return err
	}
	old := p.Contacts[i]
	d := old.PersonContactDetails
	if err := edit(&d); err != nil {
		return err
	}
	if d, err = d.checked(country, at); err != nil {
		return err
	}
	was := p.snapshot()
	is := old
	is.PersonContactDetails = d
	if d.Type != old.Type || d.Name != old.Name || d.Phone != old.Phone || d.Email != old.Email || d.Company != old.Company {
		is.VerifiedAt, is.VerifiedBy = time.Time{}, nil
	}
	p.Contacts = slices.Clone(p.Contacts)
	p.Contacts[i] = is
	p.tellUpdated(was, at)
	return nil
}

// removeContact takes a contact from p.
func (p *Person) removeContact(id string, at time.Time) error {
	i, err := p.contact(id)
	if err != nil {
		return err
	}
	was := p.snapshot()
	p.Contacts = slices.Delete(slices.Clone(p.Contacts), i, i+1)
	p.tellUpdated(was, at)
	return nil
}

// verifyContact notes that actor has checked a contact. Doing it again changes nothing.
func (p *Person) verifyContact(id string, actor access.Actor, at time.Time) error {
	i, err := p.contact(id)
	if err != nil || !p.Contacts[i].VerifiedAt.IsZero() {
		return err
	}
	was := p.snapshot()
	p.Contacts = slices.Clone(p.Contacts)
	p.Contacts[i].VerifiedAt, p.Contacts[i].VerifiedBy = at, &actor
	is, _, _ := p.changed(was, at)
	p.tell(events.ContactVerified{Object: is, Contact: p.Contacts[i].Object()})
	return nil
}

// Contact returns the contact with this id.
func (p *Person) Contact(id string) (PersonContact, error) {
	i, err := p.contact(id)
	if err != nil {
		return PersonContact{}, err
	}
	return p.Contacts[i], nil
}

func (p *Person) contact(id string) (int, error) {
	i := slices.IndexFunc(p.Contacts, func(c PersonContact) bool { return c.ID == id })
	if i < 0 {
		return i, fault.New(fault.NotFound, "contact.not_found", "This person has no such contact.")
	}
	return i, nil
}

// Object is c as events tell of it.
func (c PersonContact) Object() events.PersonContact {
	return events.PersonContact{ID: c.ID, Type: c.Type, VerifiedAt: c.VerifiedAt}
}

// checked returns d in its normal form, or everything that is wrong with it.
func (d PersonContactDetails) checked(country string, at time.Time) (PersonContactDetails, error) {
	c := about("contact")
	if d.Type == "" {
		c.Add("type", "Give a type.")
	}
	c.oneOf("type", d.Type, ContactTypes)
	c.line("name", &d.Name, 100)
	c.line("relationship", &d.Relationship, 60)
	c.phone("phone", &d.Phone, country)
	c.email("email", &d.Email)
	c.address("address", &d.Address)
	c.line("company", &d.Company, 100)
	c.line("role", &d.Role, 100)
	c.past("start_date", d.StartDate, at)
	c.line("income_band", &d.IncomeBand, 60)
	c.Text("notes", &d.Notes, 500)
	switch {
	case d.Type == "employer" && d.Company == "":
		c.Add("company", "Give a company; it cannot be empty.")
	case d.Type != "employer" && d.Type != "" && d.Name == "":
		c.Add("name", "Give a name; it cannot be empty.")
	}
	if d.Type != "employer" && d.Type != "" {
		c.only(d.Company == "" && d.Role == "" && d.StartDate.IsZero() && d.IncomeBand == "", "company", "Company, role, start date and income band are for employers.")
	}
	return d, c.Err()
}
