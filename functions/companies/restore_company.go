package companies

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// RestoreCompany makes an archived company a customer again.
var RestoreCompany = api.Route{
	Name:    "companies.restore_company",
	Method:  http.MethodPost,
	Path:    "/v1/companies/{id}/restore",
	Summary: "Restore a company",
	About:   "Brings an archived company back; one that was merged into another stays away. Raises `company.updated`.",
	Allow:   access.EditPeople,
	Faults:  []string{"company.not_found", "company.stale", "company.merged"},
	Handle:  rest.JSON(restoreCompany),
}

type restoreCompanyInput struct {
	ID string `path:"id"`
	api.IfMatch
}

func restoreCompany(ctx context.Context, c *api.Call, in restoreCompanyInput) (companyView, error) {
	version, err := in.Version()
	if err != nil {
		return companyView{}, err
	}
	co, err := c.Companies.Restore(ctx, c.Actor, in.ID, version, c.Now)
	return viewOf(co), err
}
