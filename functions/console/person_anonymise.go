package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// PersonAnonymise erases all that is personal of a customer, for good.
var PersonAnonymise = api.Route{
	Name:    "console.person_anonymise",
	Method:  http.MethodPost,
	Path:    "/people/{id}/anonymise",
	Summary: "Anonymise a person",
	Allow:   access.AnonymisePeople,
	Door:    api.SessionDoor,
	Handle:  page(personAnonymise),
}

type personAnonymiseInput struct {
	ID string `path:"id"`
}

func personAnonymise(ctx context.Context, c *api.Call, in personAnonymiseInput) (api.Answer, error) {
	if _, err := c.People.Anonymise(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return back(personPath(in.ID), err)
	}
	return done(personPath(in.ID), "person-anonymised")
}
