package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetPerson shows one customer, archived or not.
var GetPerson = api.Route{
	Name:    "people.get_person",
	Method:  http.MethodGet,
	Path:    "/v1/people/{id}",
	Summary: "Get a person",
	About:   "Archived people are shown too. The identifier of a duplicate that was merged leads to the person it was merged into. Fields that you may not see are left out, and named in `redacted`.",
	Allow:   access.ViewPeople,
	Faults:  []string{"person.not_found"},
	Handle:  rest.JSON(getPerson),
}

func getPerson(ctx context.Context, c *api.Call, in personByID) (personView, error) {
	p, err := c.People.Person(ctx, c.Actor.Workspace, in.ID)
	return alertOf(ctx, c, p, err)
}
