package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// ContactRemove takes a contact from a customer.
var ContactRemove = api.Route{
	Name:    "console.contact_remove",
	Method:  http.MethodPost,
	Path:    "/people/{id}/contacts/{contact}/remove",
	Summary: "Remove a contact",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(contactRemove),
}

type contactRemoveInput struct {
	ID      string `path:"id"`
	Contact string `path:"contact"`
}

func contactRemove(ctx context.Context, c *api.Call, in contactRemoveInput) (api.Answer, error) {
	if _, err := c.People.RemoveContact(ctx, c.Actor, in.ID, in.Contact, 0, c.Now); err != nil {
		return page.Back(record.PersonPath(in.ID), err)
	}
	return page.Done(record.PersonPath(in.ID)+"?tab=contacts", "contact-removed")
}
