package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/person"
)

// PersonEdit is the form that changes a customer.
var PersonEdit = api.Route{
	Name:    "console.person_edit",
	Method:  http.MethodGet,
	Path:    "/people/{id}/edit",
	Summary: "The form that changes a person",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personEdit),
}

type personEditInput struct {
	ID string `path:"id"`
}

func personEdit(ctx context.Context, c *api.Call, in personEditInput) (api.Answer, error) {
	p, err := c.People.Person(ctx, c.Actor.Workspace, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	return editPersonForm(ctx, c, p, personFieldsOf(p), nil)
}

func editPersonForm(ctx context.Context, c *api.Call, p *person.Person, in personFields, because error) (api.Answer, error) {
	self := record.PersonPath(p.ID)
	crumbs := []look.Link{toPeople, {Text: p.Name(), To: self}}
	return personForm(ctx, c, in, because, look.Frame{Title: "Edit " + p.Name(), Crumbs: crumbs}, self, self, "Save")
}
