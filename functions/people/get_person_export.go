package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetPersonExport says how far an export of a customer is, and where its files are.
var GetPersonExport = api.Route{
	Name:    "people.get_person_export",
	Method:  http.MethodGet,
	Path:    "/v1/people/{id}/exports/{export}",
	Summary: "Get an export of a person",
	About:   "While it is running, ask again in a moment. Anonymising the person removes it.",
	Allow:   access.AnonymisePeople,
	Faults:  []string{"person.not_found", "person_export.not_found"},
	Handle:  rest.JSON(getPersonExport),
}

type personExportByID struct {
	ID     string `path:"id"`
	Export string `path:"export"`
}

func getPersonExport(ctx context.Context, c *api.Call, in personExportByID) (personExportView, error) {
	e, err := c.People.Copy(ctx, c.Actor, in.ID, in.Export, c.Now)
	if err != nil {
		return personExportView{}, err
	}
	return viewPersonExport(ctx, c, e)
}
