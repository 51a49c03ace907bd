package companies

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// CompanyContactDrop takes a person off the contacts of a company.
var CompanyContactDrop = api.Route{
	Name:    "console.company_contact_drop",
	Method:  http.MethodPost,
	Path:    "/companies/{id}/contacts/{person}/drop",
	Summary: "Drop a contact",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(companyContactDrop),
}

type companyContactDropInput struct {
	ID     string `path:"id"`
	Person string `path:"person"`
	From   string `form:"from"` // person: they go back to the person's page
}

func companyContactDrop(ctx context.Context, c *api.Call, in companyContactDropInput) (api.Answer, error) {
	to := record.CompanyPath(in.ID) + "?tab=contacts"
	if in.From == "person" {
		to = record.PersonPath(in.Person) + "?tab=companies"
	}
	if _, err := c.Companies.Drop(ctx, c.Actor, in.ID, in.Person, 0, c.Now); err != nil {
		return page.Back(to, err)
	}
	return page.Done(to, "company-dropped")
}
