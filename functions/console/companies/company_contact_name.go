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

// CompanyContactName makes a person a contact of a company, or gives a contact other roles. It
// is asked from the page of either.
var CompanyContactName = api.Route{
	Name:    "console.company_contact_name",
	Method:  http.MethodPost,
	Path:    "/companies/{id}/contacts",
	Summary: "Name a contact",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(companyContactName),
}

type companyContactNameInput struct {
	ID     string   `path:"id"`
	Person string   `form:"person"`
	Roles  []string `form:"roles"`
	From   string   `form:"from"` // person: they go back to the person's page
}

func companyContactName(ctx context.Context, c *api.Call, in companyContactNameInput) (api.Answer, error) {
	to := record.CompanyPath(in.ID) + "?tab=contacts"
	if in.From == "person" {
		to = record.PersonPath(in.Person) + "?tab=companies"
	}
	k := company.Contact{Person: page.Trim(in.Person), Roles: in.Roles}
	if _, err := c.Companies.Name(ctx, c.Actor, in.ID, k, 0, c.Now); err != nil {
		return page.Back(to, err)
	}
	return page.Done(to, "company-named")
}
