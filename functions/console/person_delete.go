package console

import (
	"context"
	"net/http"

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
	Handle:  page(personDelete),
}

type personDeleteInput struct {
	ID string `path:"id"`
}

func personDelete(ctx context.Context, c *api.Call, in personDeleteInput) (api.Answer, error) {
	if err := c.People.Delete(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return back(personPath(in.ID), err)
	}
	return done("/people", "person-deleted")
}
