package people

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

// companiesOf are those for which a person speaks, and which a search found.
func companiesOf(ctx context.Context, c *api.Call, f look.Frame, p *person.Person, find string) (customer.Links, error) {
	v := customer.Links{
		Action: record.PersonPath(p.ID), Tab: "companies", Find: find, Label: "Search companies by name or tax number", Noun: "company",
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
		row.Drop = record.CompanyPath(co.ID) + "/contacts/" + p.ID + "/drop"
		if co.BillTo == p.ID {
			row.Note = "Gets the bills"
		}
		for _, k := range co.Contacts {
			if k.Person == p.ID || slices.Contains(p.MergedFrom, k.Person) {
				row.Roles = customer.RolesChosen(k.Roles)
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
		ID: co.ID, Name: co.TradingName, To: record.CompanyPath(co.ID), Roles: customer.RolesChosen(nil), Post: record.CompanyPath(co.ID) + "/contacts",
		Hidden: []look.Option{{Text: "person", Value: id}, {Text: "from", Value: "person"}},
	}
}
