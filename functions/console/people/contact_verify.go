package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ContactVerify notes that the reader has checked a contact.
var ContactVerify = api.Route{
	Name:    "console.contact_verify",
	Method:  http.MethodPost,
	Path:    "/people/{id}/contacts/{contact}/verify",
	Summary: "Verify a contact",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(contactVerify),
}

type contactVerifyInput struct {
	ID      string `path:"id"`
	Contact string `path:"contact"`
}

func contactVerify(ctx context.Context, c *api.Call, in contactVerifyInput) (api.Answer, error) {
	if _, err := c.People.VerifyContact(ctx, c.Actor, in.ID, in.Contact, 0, c.Now); err != nil {
		return page.Back(record.PersonPath(in.ID), err)
	}
	return page.Done(record.PersonPath(in.ID)+"?tab=contacts", "contact-verified")
}
