package people

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// PersonExport asks for everything that is held on a customer, as files.
var PersonExport = api.Route{
	Name:    "console.person_export",
	Method:  http.MethodPost,
	Path:    "/people/{id}/exports",
	Summary: "Export everything that is held on a person",
	Allow:   access.AnonymisePeople,
	Door:    api.SessionDoor,
	Handle:  page.Handler(personExport),
}

type personExportInput struct {
	ID string `path:"id"`
}

func personExport(ctx context.Context, c *api.Call, in personExportInput) (api.Answer, error) {
	made, err := c.People.OrderCopy(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return page.Back(record.PersonPath(in.ID), err)
	}
	return page.Done(record.PersonExportsPath(made.Person), "export-created")
}
