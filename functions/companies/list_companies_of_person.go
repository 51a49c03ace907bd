package companies

import (
	"context"
	"net/http"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/company"
)

// ListCompaniesOfPerson shows for which companies a person speaks.
var ListCompaniesOfPerson = api.Route{
	Name:    "companies.list_companies_of_person",
	Method:  http.MethodGet,
	Path:    "/v1/people/{id}/companies",
	Summary: "List the companies of a person",
	About:   "The companies that name the person as a contact, archived ones too; at most 200, and so without pages. Nobody of this id has none.",
	Allow:   access.ViewPeople,
	Faults:  []string{},
	Handle:  rest.JSON(listCompaniesOfPerson),
}

func listCompaniesOfPerson(ctx context.Context, c *api.Call, in byID) (api.List[events.Company], error) {
	if _, err := c.People.Person(ctx, c.Actor.Workspace, in.ID); err != nil {
		return api.List[events.Company]{}, err
	}
	all, err := c.Companies.Of(ctx, c.Actor.Workspace, in.ID)
	return listOf(all, "", (*company.Company).Object), err
}
