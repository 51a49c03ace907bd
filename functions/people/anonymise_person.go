package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// AnonymisePerson erases all that is personal of a customer, for good.
var AnonymisePerson = api.Route{
	Name:    "people.anonymise_person",
	Method:  http.MethodPost,
	Path:    "/v1/people/{id}/anonymise",
	Summary: "Anonymise a person",
	About:   "There is no way back. Names, addresses, contacts, notes, what merged duplicates said and what other parts hold are erased; the identifier, dates, reasons of blocks and the log of who changed which field stay. Refused while something needs to know who they are, and while they are blocked. If it is interrupted, ask again. Raises `person.anonymised`.",
	Allow:   access.AnonymisePeople,
	Faults:  []string{"person.not_found", "person.stale", "person.blocked"},
	Handle:  rest.JSON(anonymisePerson),
}

func anonymisePerson(ctx context.Context, c *api.Call, in personChange) (personView, error) {
	version, err := in.Version()
	if err != nil {
		return personView{}, err
	}
	p, err := c.People.Anonymise(ctx, c.Actor, in.ID, version, c.Now)
	return viewOf(c, p), err
}
