package companies

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// DropContact takes a person off a company's contacts.
var DropContact = api.Route{
	Name:    "companies.drop_contact",
	Method:  http.MethodDelete,
	Path:    "/v1/companies/{id}/contacts/{person}",
	Summary: "Drop a contact",
	About:   "If it was the primary contact, the oldest of the others is from now on. Refused while the contact gets the company's bills. Raises `company.updated`.",
	Allow:   access.EditPeople,
	Faults:  []string{"company.not_found", "company.stale", "company.archived", "company.no_contact", "company.bill_to"},
	Handle:  rest.JSON(dropContact),
}

type dropContactInput struct {
	ID     string `path:"id"`
	Person string `path:"person"`
	api.IfMatch
}

func dropContact(ctx context.Context, c *api.Call, in dropContactInput) (companyView, error) {
	version, err := in.Version()
	if err != nil {
		return companyView{}, err
	}
	co, err := c.Companies.Drop(ctx, c.Actor, in.ID, in.Person, version, c.Now)
	return viewOf(co), err
}
