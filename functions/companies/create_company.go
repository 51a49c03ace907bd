package companies

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/company"
)

// CreateCompany adds a company.
var CreateCompany = api.Route{
	Name:    "companies.create_company",
	Method:  http.MethodPost,
	Path:    "/v1/companies",
	Summary: "Add a company",
	About:   "The answer may have warnings: a tax number whose check digits do not fit, or other companies that share its tax number, a name or an address for bills. Raises `company.created`.",
	Allow:   access.EditPeople,
	Status:  http.StatusCreated,
	Faults:  []string{"company.trading_name", "company.billing_emails", "company.tax_number", "company.registered_address", "company.billing_address", "company.default_bill_to", "company.credit_limit", "company.payment_terms_days", "company.tax_exemption"},
	Handle:  rest.JSON(createCompany),
}

type createCompanyInput struct {
	Body company.Details
}

func createCompany(ctx context.Context, c *api.Call, in createCompanyInput) (companyView, error) {
	co, err := c.Companies.Create(ctx, c.Actor, in.Body, c.Now)
	if err != nil {
		return companyView{}, err
	}
	return warned(ctx, c, co)
}
