package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/person"
)

// EditPerson changes what is said of a customer.
var EditPerson = api.Route{
	Name:    "people.edit_person",
	Method:  http.MethodPatch,
	Path:    "/v1/people/{id}",
	Summary: "Edit a person",
	About:   "The body is a JSON merge patch (RFC 7396): a field that is absent is left as it is, `null` clears it, an object is merged, a list replaces the list. Raises `person.updated` with the names of the fields that changed; nothing if nothing did. People who were anonymised cannot be edited.",
	Allow:   access.EditPeople,
	Faults:  []string{"person.not_found", "person.stale", "person.anonymised", "person.family_name", "person.email", "person.mobile", "person.birth_date", "person.residential_address", "person.billing_address", "person.time_zone", "person.payment_terms_days", "person.language", "person.marketing_consent", "person.tags", "person.notes", "person.email_taken"},
	Handle:  rest.JSON(editPerson),
}

type editPersonInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[person.PersonDetails]
}

func editPerson(ctx context.Context, c *api.Call, in editPersonInput) (personView, error) {
	version, err := in.Version()
	if err != nil {
		return personView{}, err
	}
	p, err := c.People.Edit(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return alertOf(ctx, c, p, err)
}
