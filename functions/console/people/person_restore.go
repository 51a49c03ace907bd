package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(personRestore),
}

type personRestoreInput struct {
	ID string `path:"id"`
}

func personRestore(ctx context.Context, c *api.Call, in personRestoreInput) (api.Answer, error) {
	if _, err := c.People.Restore(ctx, c.Actor, in.ID, 0, c.Now); err != nil {
		return page.Back(record.PersonPath(in.ID), err)
	}
	return page.Done(record.PersonPath(in.ID), "person-restored")
}
