package companies

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetCompany shows one company, archived or not.
var GetCompany = api.Route{
	Name:    "companies.get_company",
	Method:  http.MethodGet,
	Path:    "/v1/companies/{id}",
	Summary: "Get a company",
	About:   "Archived companies are shown too.",
	Allow:   access.ViewPeople,
	Faults:  []string{"company.not_found"},
	Handle:  rest.JSON(getCompany),
}

func getCompany(ctx context.Context, c *api.Call, in byID) (companyView, error) {
	co, err := c.Companies.Company(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return companyView{}, err
	}
	return warned(ctx, c, co)
}
