package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/person"
)

// PersonCreate adds a customer.
var PersonCreate = api.Route{
	Name:    "console.person_create",
	Method:  http.MethodPost,
	Path:    "/people",
	Summary: "Add a person",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personCreate),
}

func personCreate(ctx context.Context, c *api.Call, in personFields) (api.Answer, error) {
	var d person.PersonDetails
	if err := in.describe(&d, true); err != nil {
		return newPersonForm(ctx, c, in, err)
	}
	p, err := c.People.Create(ctx, c.Actor, d, c.Now)
	if page.Mine(err) {
		return newPersonForm(ctx, c, in, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.PersonPath(p.ID), "person-created")
}
