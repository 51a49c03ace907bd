package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/person"
)

// PersonSave changes a customer, unless somebody else has meanwhile.
var PersonSave = api.Route{
	Name:    "console.person_save",
	Method:  http.MethodPost,
	Path:    "/people/{id}",
	Summary: "Change a person",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personSave),
}

func personSave(ctx context.Context, c *api.Call, in personFields) (api.Answer, error) {
	all := c.Actor.May(access.ViewPII)
	_, err := c.People.Edit(ctx, c.Actor, in.ID, func(d *person.PersonDetails) error { return in.describe(d, all) }, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(record.PersonPath(in.ID)+"/edit", err)
	case page.Mine(err):
		p, lost := c.People.Person(ctx, c.Actor.Workspace, in.ID)
		if lost != nil {
			return api.Answer{}, lost
		}
		return editPersonForm(ctx, c, p, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(record.PersonPath(in.ID), "person-saved")
}
