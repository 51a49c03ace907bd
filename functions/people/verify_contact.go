package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// VerifyContact notes that somebody has checked a contact.
var VerifyContact = api.Route{
	Name:    "people.verify_contact",
	Method:  http.MethodPost,
	Path:    "/v1/people/{id}/contacts/{contact}/verify",
	Summary: "Verify a contact of a person",
	About:   "By whom and when is kept with it. Raises `contact.verified`; nothing if it is verified already.",
	Allow:   access.EditPeople,
	Faults:  []string{"person.not_found", "person.stale", "contact.not_found"},
	Handle:  rest.JSON(verifyContact),
}

type verifyContactInput struct {
	ID      string `path:"id"`
	Contact string `path:"contact"`
	api.IfMatch
}

func verifyContact(ctx context.Context, c *api.Call, in verifyContactInput) (personView, error) {
	version, err := in.Version()
	if err != nil {
		return personView{}, err
	}
	p, err := c.People.VerifyContact(ctx, c.Actor, in.ID, in.Contact, version, c.Now)
	return viewOf(c, p), err
}
