package companies

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/company"
)

// NameContact makes a person a contact of a company.
var NameContact = api.Route{
	Name:    "companies.name_contact",
	Method:  http.MethodPut,
	Path:    "/v1/companies/{id}/contacts/{person}",
	Summary: "Name a contact",
	About:   "Makes a person a contact, or gives a contact other roles. The first contact becomes the primary one; a new primary contact takes the role from the old one. Raises `company.updated`.",
	Allow:   access.EditPeople,
	Faults:  []string{"company.not_found", "company.stale", "company.archived", "company.person", "company.roles", "company.primary", "company.contacts"},
	Handle:  rest.JSON(nameContact),
}

type nameContactInput struct {
	ID     string `path:"id"`
	Person string `path:"person"`
	api.IfMatch
	Body nameContactBody
}

type nameContactBody struct {
	Roles []string `json:"roles" nullable:"false" doc:"primary, billing, fleet and driver: at least one" example:"[\"billing\"]"`
}

func nameContact(ctx context.Context, c *api.Call, in nameContactInput) (companyView, error) {
	version, err := in.Version()
	if err != nil {
		return companyView{}, err
	}
	k := company.Contact{Person: in.Person, Roles: in.Body.Roles}
	co, err := c.Companies.Name(ctx, c.Actor, in.ID, k, version, c.Now)
	return viewOf(co), err
}
