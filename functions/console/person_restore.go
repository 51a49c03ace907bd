package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// PersonRestore brings a customer back from the archive.
var PersonRestore = api.Route{
	Name:    "console.person_restore",
	Method:  http.MethodPost,
	Path:    "/people/{id}/restore",
	Summary: "Restore a person",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page(personRestore),
}

type personRestoreInput struct {
	ID string `path:"id"`
}

func personRestore(ctx context.Context, c *api.Call, in personRestoreInput) (api.Answer, error) {
	if _, err := c.People.Restore(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return back(personPath(in.ID), err)
	}
	return done(personPath(in.ID), "person-restored")
}
