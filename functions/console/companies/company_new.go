package companies

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// CompanyNew is the form that adds a company.
var CompanyNew = api.Route{
	Name:    "console.company_new",
	Method:  http.MethodGet,
	Path:    "/companies/new",
	Summary: "The form that adds a company",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(companyNew),
}

func companyNew(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	return newCompanyForm(ctx, c, companyFields{}, nil)
}

func newCompanyForm(ctx context.Context, c *api.Call, in companyFields, because error) (api.Answer, error) {
	fr := look.Frame{Title: "Add a company", Lead: "A name and an address for its bills are enough to begin.", Crumbs: []look.Link{toCompanies}}
	return companyForm(ctx, c, in, because, fr, nil, "Add company")
}
