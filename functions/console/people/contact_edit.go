package people

import (
	"context"
	"net/http"
	"slices"

	"motorpool/functions/console/customer"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(contactEdit),
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
	to := record.PersonPath(p.ID) + "?tab=contacts"
	f, err := page.Frame(ctx, c, look.Frame{Title: "Edit a contact", Section: "people", Crumbs: []look.Link{toPeople, {Text: p.Name(), To: to}}})
	if err != nil {
		return api.Answer{}, err
	}
	fields := in.fields()
	v := customer.FormView{Frame: f, Action: record.PersonPath(p.ID) + "/contacts/" + in.Contact, Cancel: to, Do: "Save", Wrong: page.Wrong(because, fields)}
	v.Groups = []page.FieldGroup{{Title: "Contact", Fields: fields[:6]}, {Title: "Address", Fields: fields[6:12]}, {Title: "Employer and notes", Fields: fields[12:]}}
	if because != nil {
		return page.Again(customer.FormPage, v)
	}
	return page.Show(customer.FormPage, v)
}
