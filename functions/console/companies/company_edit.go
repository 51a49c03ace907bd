package companies

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/company"
)

// CompanyEdit is the form that changes a company.
var CompanyEdit = api.Route{
	Name:    "console.company_edit",
	Method:  http.MethodGet,
	Path:    "/companies/{id}/edit",
	Summary: "The form that changes a company",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(companyEdit),
}

type companyEditInput struct {
	ID string `path:"id"`
}

func companyEdit(ctx context.Context, c *api.Call, in companyEditInput) (api.Answer, error) {
	co, err := c.Companies.Company(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	return editCompanyForm(ctx, c, co, companyFieldsOf(co), nil)
}

func editCompanyForm(ctx context.Context, c *api.Call, co *company.Company, in companyFields, because error) (api.Answer, error) {
	var bills []look.Option
	for _, k := range co.Contacts {
		name, err := record.NameOfPerson(ctx, c, k.Person)
		if err != nil {
			return api.Answer{}, err
		}
		bills = append(bills, look.Option{Value: k.Person, Text: name})
	}
	crumbs := []look.Link{toCompanies, {Text: co.TradingName, To: record.CompanyPath(co.ID)}}
	return companyForm(ctx, c, in, because, look.Frame{Title: "Edit " + co.TradingName, Crumbs: crumbs}, bills, "Save")
}
