package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/inspection"
)

// CompleteInspection ends an inspection, for good.
var CompleteInspection = api.Route{
	Name:    "inspections.complete_inspection",
	Method:  http.MethodPost,
	Path:    "/v1/inspections/{id}/complete",
	Summary: "Complete an inspection",
	About:   "For good: corrections are addenda. Writes the odometer reading, raises issues of failed checks, compares damages with the inspection before, makes the PDF and writes to the customer. Raises `inspection.completed`, and `inspection.damage_found` if there is new damage.",
	Allow:   access.DoInspections,
	Faults:  []string{"inspection.not_found", "inspection.stale", "inspection.draft", "inspection.in_progress", "inspection.completed", "inspection.customer_acknowledged", "inspection.disputed", "inspection.voided", "table.busy", "inspection.incomplete", "inspection.completed_at", "odometer.too_low", "odometer.jump"},
	Handle:  rest.JSON(completeInspection),
}

type completeInspectionInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body inspection.Completion
}

func completeInspection(ctx context.Context, c *api.Call, in completeInspectionInput) (inspectionView, error) {
	version, err := in.Version()
	if err != nil {
		return inspectionView{}, err
	}
	i, err := c.Inspections.Complete(ctx, c.Actor, in.ID, in.Body, version, c.Now)
	return viewOf(c.Actor, i), err
}
