package companies

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/company"
)

// CompanyCreate adds a company.
var CompanyCreate = api.Route{
	Name:    "console.company_create",
	Method:  http.MethodPost,
	Path:    "/companies",
	Summary: "Add a company",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(companyCreate),
}

func companyCreate(ctx context.Context, c *api.Call, in companyFields) (api.Answer, error) {
	var d company.Details
	if err := in.describe(&d); err != nil {
		return newCompanyForm(ctx, c, in, err)
	}
	made, err := c.Companies.Create(ctx, c.Actor, d, c.Now)
	if page.Mine(err) {
		return newCompanyForm(ctx, c, in, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.CompanyPath(made.ID), "company-created")
}
