package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/person"
)

// EditContact changes what is said of a contact.
var EditContact = api.Route{
	Name:    "people.edit_contact",
	Method:  http.MethodPatch,
	Path:    "/v1/people/{id}/contacts/{contact}",
	Summary: "Edit a contact of a person",
	About:   "The body is a JSON merge patch (RFC 7396). Whose name, phone, e-mail, company or type changes has to be verified again. Raises `person.updated`.",
	Allow:   access.EditPeople,
	Faults:  []string{"person.not_found", "person.stale", "contact.not_found", "contact.type", "contact.name", "contact.phone", "contact.email", "contact.address", "contact.company", "contact.start_date", "contact.notes"},
	Handle:  rest.JSON(editContact),
}

type editContactInput struct {
	ID      string `path:"id"`
	Contact string `path:"contact"`
	api.IfMatch
	Body rest.Patch[person.PersonContactDetails]
}

func editContact(ctx context.Context, c *api.Call, in editContactInput) (personView, error) {
	version, err := in.Version()
	if err != nil {
		return personView{}, err
	}
	p, err := c.People.EditContact(ctx, c.Actor, in.ID, in.Contact, in.Body.Apply, version, c.Now)
	return viewOf(c, p), err
}
