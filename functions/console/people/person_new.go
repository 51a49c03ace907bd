package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// PersonNew is the form that adds a customer.
var PersonNew = api.Route{
	Name:    "console.person_new",
	Method:  http.MethodGet,
	Path:    "/people/new",
	Summary: "The form that adds a person",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personNew),
}

func personNew(ctx context.Context, c *api.Call, _ struct{}) (api.Answer, error) {
	return newPersonForm(ctx, c, personFields{}, nil)
}

func newPersonForm(ctx context.Context, c *api.Call, in personFields, because error) (api.Answer, error) {
	return personForm(ctx, c, in, because, look.Frame{Title: "Add a person", Lead: "A name is enough to begin.", Crumbs: []look.Link{toPeople}}, "/people", "/people", "Add person")
}
