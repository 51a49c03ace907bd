package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/person"
)

// ContactSave changes a contact of a customer. What was verified of it has to be
// verified anew.
var ContactSave = api.Route{
	Name:    "console.contact_save",
	Method:  http.MethodPost,
	Path:    "/people/{id}/contacts/{contact}",
	Summary: "Change a contact",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(contactSave),
}

func contactSave(ctx context.Context, c *api.Call, in contactFields) (api.Answer, error) {
	if _, _, err := contactOf(ctx, c, in.ID, in.Contact); err != nil {
		return api.Answer{}, err
	}
	_, err := c.People.EditContact(ctx, c.Actor, in.ID, in.Contact, func(d *person.PersonContactDetails) error { return in.describe(d) }, 0, c.Now)
	if page.Mine(err) {
		return contactForm(ctx, c, in, err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.PersonPath(in.ID)+"?tab=contacts", "contact-saved")
}
