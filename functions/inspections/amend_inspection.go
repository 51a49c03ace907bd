package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// AmendInspection adds an addendum.
var AmendInspection = api.Route{
	Name:    "inspections.amend_inspection",
	Method:  http.MethodPost,
	Path:    "/v1/inspections/{id}/addenda",
	Summary: "Add a correction to an inspection",
	About:   "To a completed inspection, which itself stays as it is.",
	Allow:   access.DoInspections,
	Faults:  []string{"inspection.not_found", "inspection.stale", "inspection.draft", "inspection.in_progress", "inspection.completed", "inspection.customer_acknowledged", "inspection.disputed", "inspection.voided", "table.busy", "inspection.text", "inspection.photos", "attachment.not_found", "attachment.used"},
	Handle:  rest.JSON(amendInspection),
}

type amendInspectionInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body amendBody
}

func amendInspection(ctx context.Context, c *api.Call, in amendInspectionInput) (inspectionView, error) {
	version, err := in.Version()
	if err != nil {
		return inspectionView{}, err
	}
	i, err := c.Inspections.Amend(ctx, c.Actor, in.ID, in.Body.Text, in.Body.Photos, version, c.Now)
	return viewOf(c.Actor, i), err
}
