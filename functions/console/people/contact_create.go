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

// ContactCreate adds a contact to a customer.
var ContactCreate = api.Route{
	Name:    "console.contact_create",
	Method:  http.MethodPost,
	Path:    "/people/{id}/contacts",
	Summary: "Add a contact",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(contactCreate),
}

type contactCreateInput struct {
	ID           string `path:"id"`
	Type         string `form:"type"`
	Name         string `form:"name"`
	Relationship string `form:"relationship"`
	Phone        string `form:"phone"`
	Email        string `form:"email"`
	Company      string `form:"company"`
	Role         string `form:"role"`
	Notes        string `form:"notes"`
}

func contactCreate(ctx context.Context, c *api.Call, in contactCreateInput) (api.Answer, error) {
	contacts := record.PersonPath(in.ID) + "?tab=contacts"
	_, _, err := c.People.AddContact(ctx, c.Actor, in.ID, person.PersonContactDetails{
		Type: in.Type, Name: in.Name, Relationship: in.Relationship, Phone: in.Phone, Email: in.Email, Company: in.Company, Role: in.Role, Notes: in.Notes,
	}, 0, c.Now)
	if err != nil {
		return page.Back(contacts, err)
	}
	return page.Done(contacts, "contact-added")
}
