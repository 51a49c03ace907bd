package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/person"
)

// AddContact adds somebody who can be asked about a customer, or called for them.
var AddContact = api.Route{
	Name:    "people.add_contact",
	Method:  http.MethodPost,
	Path:    "/v1/people/{id}/contacts",
	Summary: "Add a contact to a person",
	About:   "An emergency contact, a reference or an employer; many of each, 30 together. The answer is the person; the new contact is the last one. Raises `contact.added`.",
	Allow:   access.EditPeople,
	Status:  http.StatusCreated,
	Faults:  []string{"person.not_found", "person.stale", "person.anonymised", "contact.too_many", "contact.type", "contact.name", "contact.phone", "contact.email", "contact.address", "contact.company", "contact.start_date", "contact.notes"},
	Handle:  rest.JSON(addContact),
}

type addContactInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body person.PersonContactDetails
}

func addContact(ctx context.Context, c *api.Call, in addContactInput) (personView, error) {
	version, err := in.Version()
	if err != nil {
		return personView{}, err
	}
	p, _, err := c.People.AddContact(ctx, c.Actor, in.ID, in.Body, version, c.Now)
	return viewOf(c, p), err
}
