package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(personArchive),
}

type personArchiveInput struct {
	ID string `path:"id"`
}

func personArchive(ctx context.Context, c *api.Call, in personArchiveInput) (api.Answer, error) {
	if _, err := c.People.Archive(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.PersonPath(in.ID), err)
	}
	return page.Done(record.PersonPath(in.ID), "person-archived")
}
