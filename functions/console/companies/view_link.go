package companies

import (
	"context"
	"slices"

	"motorpool/functions/console/customer"
	"motorpool/functions/console/look"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/company"
	"motorpool/shared/person"
)

// contactsOf are those who speak for a company, and whom a search found.
func contactsOf(ctx context.Context, c *api.Call, f look.Frame, co *company.Company, find string) (customer.Links, error) {
	self := record.CompanyPath(co.ID)
	v := customer.Links{
		Action: self, Tab: "contacts", Find: find, Label: "Search people by name", Noun: "contact",
		Empty: look.Empty{Icon: "user", Title: "No contacts", Text: "Nobody speaks for this company yet. Search for a person below."},
		Edit:  f.May(access.EditPeople) && co.Status() == company.Active,
	}
	for _, k := range co.Contacts {
		name, err := record.NameOfPerson(ctx, c, k.Person)
		if err != nil {
			return v, err
		}
		row := look.Joined{ID: k.Person, Name: name, To: record.PersonPath(k.Person), Roles: customer.RolesChosen(k.Roles), Post: self + "/contacts", Drop: self + "/contacts/" + k.Person + "/drop"}
		row.Hidden = []look.Option{{Text: "person", Value: k.Person}}
		if co.BillTo == k.Person {
			row.Note = "Gets the bills"
		}
		v.Rows = append(v.Rows, row)
	}
	if find == "" || !v.Edit {
		return v, nil
	}
	found, _, err := c.People.People(ctx, c.Actor, person.PersonFilter{Q: find}, "", 10)
	for _, p := range found {
		if slices.ContainsFunc(co.Contacts, func(k company.Contact) bool { return k.Person == p.ID }) {
			continue
		}
		v.Found = append(v.Found, look.Joined{ID: p.ID, Name: p.Name(), To: record.PersonPath(p.ID), Roles: customer.RolesChosen(nil), Post: self + "/contacts", Hidden: []look.Option{{Text: "person", Value: p.ID}}})
	}
	return v, err
}
