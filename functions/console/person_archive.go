package console

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
)

// PersonArchive puts a customer away.
var PersonArchive = api.Route{
	Name:    "console.person_archive",
	Method:  http.MethodPost,
	Path:    "/people/{id}/archive",
	Summary: "Archive a person",
	Allow:   access.EditPeople,
	Door:    api.SessionDoor,
	Handle:  page(personArchive),
}

type personArchiveInput struct {
	ID string `path:"id"`
}

func personArchive(ctx context.Context, c *api.Call, in personArchiveInput) (api.Answer, error) {
	if _, err := c.People.Archive(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return back(personPath(in.ID), err)
	}
	return done(personPath(in.ID), "person-archived")
}
