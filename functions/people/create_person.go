package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/person"
)

// CreatePerson adds a customer.
var CreatePerson = api.Route{
	Name:    "people.create_person",
	Method:  http.MethodPost,
	Path:    "/v1/people",
	Summary: "Add a person",
	About:   "No two people have one e-mail address, whatever its case. A mobile number without a country code is one of the workspace's country. Somebody who looks like a person that is blocked here is added all the same; `like_blocked` names them. The answer leaves out what you may not see. Raises `person.created`, in which nothing is personal: read the person for more.",
	Allow:   access.EditPeople,
	Status:  http.StatusCreated,
	Faults:  []string{"person.family_name", "person.email", "person.mobile", "person.birth_date", "person.residential_address", "person.billing_address", "person.time_zone", "person.payment_terms_days", "person.language", "person.marketing_consent", "person.tags", "person.notes", "person.email_taken"},
	Handle:  rest.JSON(createPerson),
}

type createPersonInput struct {
	Body person.PersonDetails
}

func createPerson(ctx context.Context, c *api.Call, in createPersonInput) (personView, error) {
	p, err := c.People.Create(ctx, c.Actor, in.Body, c.Now)
	return alertOf(ctx, c, p, err)
}
