package people

import (
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/fault"
	"motorpool/shared/person"
)

// contactFields is the form of a contact as a browser posts it; the names are
// those of the API.
type contactFields struct {
	ID           string `path:"id"`
	Contact      string `path:"contact"`
	Type         string `form:"type"`
	Name         string `form:"name"`
	Relationship string `form:"relationship"`
	Phone        string `form:"phone"`
	Email        string `form:"email"`
	Line1        string `form:"address.line_1"`
	Line2        string `form:"address.line_2"`
	City         string `form:"address.city"`
	State        string `form:"address.state"`
	Code         string `form:"address.postcode"`
	Country      string `form:"address.country"`
	Company      string `form:"company"`
	Role         string `form:"role"`
	Start        string `form:"start_date"`
	Income       string `form:"income_band"`
	Notes        string `form:"notes"`
}

func contactFieldsOf(id string, k person.PersonContact) contactFields {
	a := k.Address
	return contactFields{
		ID: id, Contact: k.ID, Type: k.Type, Name: k.Name, Relationship: k.Relationship, Phone: k.Phone, Email: k.Email,
		Line1: a.Line1, Line2: a.Line2, City: a.City, State: a.State, Code: a.Postcode, Country: a.Country,
		Company: k.Company, Role: k.Role, Start: page.DateText(k.StartDate), Income: k.IncomeBand, Notes: k.Notes,
	}
}

func (in contactFields) describe(d *person.PersonContactDetails) error {
	bad := fault.New(fault.Invalid, "contact.form", "Some fields are not right.")
	*d = person.PersonContactDetails{
		Type: in.Type, Name: in.Name, Relationship: in.Relationship, Phone: in.Phone, Email: in.Email,
		Address: person.PersonAddress{Line1: in.Line1, Line2: in.Line2, City: in.City, State: in.State, Postcode: in.Code, Country: in.Country},
		Company: in.Company, Role: in.Role, StartDate: page.Date(in.Start, "start_date", bad), IncomeBand: in.Income, Notes: in.Notes,
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

func (in contactFields) fields() []look.Field {
	all := []look.Field{
		{Name: "type", Label: "Type", Type: "select", Required: true, Options: look.Choose(in.Type, page.Options(person.ContactTypes...)...)},
		{Name: "name", Label: "Name", Value: in.Name, Max: 100},
		{Name: "relationship", Label: "Relationship", Value: in.Relationship, Max: 60},
		{Name: "phone", Label: "Phone", Value: in.Phone, Type: "tel", Max: 40},
		{Name: "email", Label: "E-mail", Value: in.Email, Type: "email", Max: 254},
		{Name: "company", Label: "Company", Value: in.Company, Max: 100, Hint: "Of an employer."},
	}
	all = append(all, personFields{}.address("address", in.Line1, in.Line2, in.City, in.State, in.Code, in.Country)...)
	return append(all,
		look.Field{Name: "role", Label: "Role", Value: in.Role, Max: 100, Hint: "What they do there."},
		look.Field{Name: "start_date", Label: "Since", Value: in.Start, Type: "date"},
		look.Field{Name: "income_band", Label: "Income", Value: in.Income, Max: 60, Hint: "Of an employer, if it was said."},
		look.Field{Name: "notes", Label: "Notes", Value: in.Notes, Type: "textarea", Max: 500, Wide: true})
}
