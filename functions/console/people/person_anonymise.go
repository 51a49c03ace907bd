package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(personAnonymise),
}

type personAnonymiseInput struct {
	ID string `path:"id"`
}

func personAnonymise(ctx context.Context, c *api.Call, in personAnonymiseInput) (api.Answer, error) {
	if _, err := c.People.Anonymise(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.PersonPath(in.ID), err)
	}
	return page.Done(record.PersonPath(in.ID), "person-anonymised")
}
