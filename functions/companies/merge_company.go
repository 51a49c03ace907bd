package companies

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// MergeCompany puts one company into another.
var MergeCompany = api.Route{
	Name:    "companies.merge_company",
	Method:  http.MethodPost,
	Path:    "/v1/companies/{id}/merge",
	Summary: "Merge a company",
	About:   "Puts this company into another one: what that one does not say is filled in, contacts, addresses for bills and tags are joined, and this one is archived for good. Both keep their histories. The answer is the one that remains. Raises `company.updated` for it and `company.archived` for this one.",
	Allow:   access.EditPeople,
	Faults:  []string{"company.not_found", "company.stale", "company.into", "company.merged", "company.archived", "company.too_much"},
	Handle:  rest.JSON(mergeCompany),
}

type mergeCompanyInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body mergeCompanyBody
}

type mergeCompanyBody struct {
	Into string `json:"into" doc:"The company that remains" example:"com_01k9x3v7q2m8r4t6w0y5z1a3b6"`
}

func mergeCompany(ctx context.Context, c *api.Call, in mergeCompanyInput) (companyView, error) {
	version, err := in.Version()
	if err != nil {
		return companyView{}, err
	}
	co, err := c.Companies.Merge(ctx, c.Actor, in.ID, in.Body.Into, version, c.Now)
	return viewOf(co), err
}
