package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// PersonDelete removes a customer who was added by mistake.
var PersonDelete = api.Route{
	Name:    "console.person_delete",
	Method:  http.MethodPost,
	Path:    "/people/{id}/delete",
	Summary: "Delete a person",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personDelete),
}

type personDeleteInput struct {
	ID string `path:"id"`
}

func personDelete(ctx context.Context, c *api.Call, in personDeleteInput) (api.Answer, error) {
	if err := c.People.Delete(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.PersonPath(in.ID), err)
	}
	return page.Done("/people", "person-deleted")
}
