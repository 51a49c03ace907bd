package companies

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/company"
)

// EditCompany changes what is said of a company.
var EditCompany = api.Route{
	Name:    "companies.edit_company",
	Method:  http.MethodPatch,
	Path:    "/v1/companies/{id}",
	Summary: "Edit a company",
	About:   "The body is a JSON merge patch (RFC 7396): a field that is absent is left as it is, `null` clears it, an object is merged, a list replaces the list. Contacts have routes of their own. Raises `company.updated`, if anything changed.",
	Allow:   access.EditPeople,
	Faults:  []string{"company.not_found", "company.stale", "company.archived", "company.trading_name", "company.billing_emails", "company.tax_number", "company.registered_address", "company.billing_address", "company.default_bill_to", "company.credit_limit", "company.payment_terms_days", "company.tax_exemption"},
	Handle:  rest.JSON(editCompany),
}

type editCompanyInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[company.Details]
}

func editCompany(ctx context.Context, c *api.Call, in editCompanyInput) (companyView, error) {
	version, err := in.Version()
	if err != nil {
		return companyView{}, err
	}
	co, err := c.Companies.Edit(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	if err != nil {
		return companyView{}, err
	}
	return warned(ctx, c, co)
}
