package people

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// OrderPersonExport has everything that is held on a customer put into files.
var OrderPersonExport = api.Route{
	Name:    "people.order_person_export",
	Method:  http.MethodPost,
	Path:    "/v1/people/{id}/exports",
	Summary: "Export a person as files",
	About:   "Everything under every identifier they had, with what was uploaded, as ZIP files of at most 90 MB. They are made in the background: get the export until it is ready. Its links work for 24 hours, for whoever ordered it; nobody else gets them. That it was exported is noted in the log.",
	Allow:   access.AnonymisePeople,
	Faults:  []string{"person.not_found", "person.anonymised", "person.no_files"},
	Status:  http.StatusAccepted,
	Handle:  rest.JSON(orderPersonExport),
}

func orderPersonExport(ctx context.Context, c *api.Call, in personByID) (personExportView, error) {
	e, err := c.People.OrderCopy(ctx, c.Actor, in.ID, c.Now)
	if err != nil {
		return personExportView{}, err
	}
	return viewPersonExport(ctx, c, e)
}
