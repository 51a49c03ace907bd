package console

import (
	"context"
	"net/http"
	"slices"

	"motorpool/functions/console/look"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/person"
)

// ContactEdit is the form that changes a contact of a customer.
var ContactEdit = api.Route{
	Name:    "console.contact_edit",
	Method:  http.MethodGet,
	Path:    "/people/{id}/contacts/{contact}/edit",
	Summary: "The form that changes a contact",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page(contactEdit),
}

type contactEditInput struct {
	ID      string `path:"id"`
	Contact string `path:"contact"`
}

func contactEdit(ctx context.Context, c *api.Call, in contactEditInput) (api.Answer, error) {
	_, k, err := contactOf(ctx, c, in.ID, in.Contact)
	if err != nil {
		return api.Answer{}, err
	}
	return contactForm(ctx, c, contactFieldsOf(in.ID, k), nil)
}

// contactOf reads one contact, for who may see contacts.
func contactOf(ctx context.Context, c *api.Call, id, contact string) (*person.Person, person.PersonContact, error) {
	none := fault.New(fault.NotFound, "contact.not_found", "There is no such contact here.")
	p, err := c.People.Person(ctx, c.Actor.Workspace, id)
	if err != nil {
		return nil, person.PersonContact{}, err
	}
	i := slices.IndexFunc(p.Contacts, func(k person.PersonContact) bool { return k.ID == contact })
	if i < 0 || !c.Actor.May(access.ViewPII) {
		return nil, person.PersonContact{}, none
	}
	return p, p.Contacts[i], nil
}

func contactForm(ctx context.Context, c *api.Call, in contactFields, because error) (api.Answer, error) {
	p, _, err := contactOf(ctx, c, in.ID, in.Contact)
	if err != nil {
		return api.Answer{}, err
	}
	to := personPath(p.ID) + "?tab=contacts"
	f, err := frame(ctx, c, look.Frame{Title: "Edit a contact", Section: "people", Crumbs: []look.Link{toPeople, {Text: p.Name(), To: to}}})
	if err != nil {
		return api.Answer{}, err
	}
	fields := in.fields()
	v := personFormView{Frame: f, Action: personPath(p.ID) + "/contacts/" + in.Contact, Cancel: to, Do: "Save", Wrong: wrong(because, fields)}
	v.Groups = []fieldGroup{{"Contact", fields[:6]}, {"Address", fields[6:12]}, {"Employer and notes", fields[12:]}}
	if because != nil {
		return again(personFormPage, v)
	}
	return show(personFormPage, v)
}
