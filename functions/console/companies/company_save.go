package companies

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/company"
	"motorpool/shared/fault"
)

// CompanySave changes a company, unless somebody else has meanwhile.
var CompanySave = api.Route{
	Name:    "console.company_save",
	Method:  http.MethodPost,
	Path:    "/companies/{id}",
	Summary: "Change a company",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(companySave),
}

func companySave(ctx context.Context, c *api.Call, in companyFields) (api.Answer, error) {
	_, err := c.Companies.Edit(ctx, c.Actor, in.ID, func(d *company.Details) error { return in.describe(d) }, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(record.CompanyPath(in.ID)+"/edit", err)
	case page.Mine(err):
		co, lost := c.Companies.Company(ctx, c.Actor.Workspace, in.ID)
		if lost != nil {
			return api.Answer{}, lost
		}
		return editCompanyForm(ctx, c, co, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(record.CompanyPath(in.ID), "company-saved")
}
