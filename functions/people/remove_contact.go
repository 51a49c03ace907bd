package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// RemoveContact takes a contact from a customer.
var RemoveContact = api.Route{
	Name:    "people.remove_contact",
	Method:  http.MethodDelete,
	Path:    "/v1/people/{id}/contacts/{contact}",
	Summary: "Remove a contact from a person",
	About:   "Raises `person.updated`.",
	Allow:   access.EditPeople,
	Faults:  []string{"person.not_found", "person.stale", "contact.not_found"},
	Handle:  rest.JSON(removeContact),
}

type removeContactInput struct {
	ID      string `path:"id"`
	Contact string `path:"contact"`
	api.IfMatch
}

func removeContact(ctx context.Context, c *api.Call, in removeContactInput) (personView, error) {
	version, err := in.Version()
	if err != nil {
		return personView{}, err
	}
	p, err := c.People.RemoveContact(ctx, c.Actor, in.ID, in.Contact, version, c.Now)
	return viewOf(c, p), err
}
