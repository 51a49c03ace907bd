package console

import (
	"context"
	"slices"

	"motorpool/functions/console/look"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/company"
	"motorpool/shared/fault"
	"motorpool/shared/person"
)

// linksView joins people and companies, seen from either: who is joined, and a
// search for whom to join.
type linksView = look.Links

// nameOfPerson is what people call the one to whom an id leads.
func nameOfPerson(ctx context.Context, c *api.Call, id string) (string, error) {
	p, err := c.People.Person(ctx, c.Actor.Workspace, id)
	if fault.KindOf(err) == fault.NotFound {
		return id, nil
	}
	if err != nil {
		return "", err
	}
	return p.Name(), nil
}

func rolesChosen(has []string) []look.Option {
	var out []look.Option
	for _, r := range company.Roles {
		out = append(out, look.Option{Value: r, Text: titleOf(r), Chosen: slices.Contains(has, r)})
	}
	return out
}

// contactsOf are those who speak for a company, and whom a search found.
func contactsOf(ctx context.Context, c *api.Call, f look.Frame, co *company.Company, find string) (linksView, error) {
	self := companyPath(co.ID)
	v := linksView{
		Action: self, Tab: "contacts", Find: find, Label: "Search people by name", Noun: "contact",
		Empty: look.Empty{Icon: "user", Title: "No contacts", Text: "Nobody speaks for this company yet. Search for a person below."},
		Edit:  f.May(access.EditPeople) && co.Status() == company.Active,
	}
	for _, k := range co.Contacts {
		name, err := nameOfPerson(ctx, c, k.Person)
		if err != nil {
			return v, err
		}
		row := look.Joined{ID: k.Person, Name: name, To: personPath(k.Person), Roles: rolesChosen(k.Roles), Post: self + "/contacts", Drop: self + "/contacts/" + k.Person + "/drop"}
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
		v.Found = append(v.Found, look.Joined{ID: p.ID, Name: p.Name(), To: personPath(p.ID), Roles: rolesChosen(nil), Post: self + "/contacts", Hidden: []look.Option{{Text: "person", Value: p.ID}}})
	}
	return v, err
}

// companiesOf are those for which a person speaks, and which a search found.
func companiesOf(ctx context.Context, c *api.Call, f look.Frame, p *person.Person, find string) (linksView, error) {
	v := linksView{
		Action: personPath(p.ID), Tab: "companies", Find: find, Label: "Search companies by name or tax number", Noun: "company",
		Empty: look.Empty{Icon: "firm", Title: "No companies", Text: "This person speaks for no company. Search for one below."},
		Edit:  f.May(access.EditPeople) && p.State() != person.Archived,
	}
	own, err := c.Companies.Of(ctx, c.Actor.Workspace, p.ID)
	if err != nil {
		return v, err
	}
	for _, co := range own {
		row := joinedTo(co, p.ID)
		row.Fixed = co.Status() != company.Active
		row.Drop = companyPath(co.ID) + "/contacts/" + p.ID + "/drop"
		if co.BillTo == p.ID {
			row.Note = "Gets the bills"
		}
		for _, k := range co.Contacts {
			if k.Person == p.ID || slices.Contains(p.MergedFrom, k.Person) {
				row.Roles = rolesChosen(k.Roles)
			}
		}
		v.Rows = append(v.Rows, row)
	}
	if find == "" || !v.Edit {
		return v, nil
	}
	found, _, err := c.Companies.Companies(ctx, c.Actor.Workspace, company.Filter{Q: find}, "", 10)
	for _, co := range found {
		if !slices.ContainsFunc(own, func(o *company.Company) bool { return o.ID == co.ID }) {
			v.Found = append(v.Found, joinedTo(co, p.ID))
		}
	}
	return v, err
}

func joinedTo(co *company.Company, id string) look.Joined {
	return look.Joined{
		ID: co.ID, Name: co.TradingName, To: companyPath(co.ID), Roles: rolesChosen(nil), Post: companyPath(co.ID) + "/contacts",
		Hidden: []look.Option{{Text: "person", Value: id}, {Text: "from", Value: "person"}},
	}
}
