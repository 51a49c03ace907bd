package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/person"
)

// ExportPerson answers with everything that is held on a customer.
var ExportPerson = api.Route{
	Name:    "people.export_person",
	Method:  http.MethodPost,
	Path:    "/v1/people/{id}/export",
	Summary: "Export a person",
	About:   "Everything under every identifier they had: what is said of them, contacts, blocks, who changed what, and the events. What is too large for an answer, and what was uploaded, is exported as files: POST /v1/people/{id}/exports. That it was exported is noted in the log.",
	Allow:   access.AnonymisePeople,
	Faults:  []string{"person.not_found", "person.export_large"},
	Handle:  rest.JSON(exportPerson),
}

func exportPerson(ctx context.Context, c *api.Call, in personByID) (person.Held, error) {
	h, err := c.People.Export(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return person.Held{}, err
	}
	return *h, nil
}
