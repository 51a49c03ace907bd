package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/inspection"
)

// CreateInspection begins an inspection, or plans it.
var CreateInspection = api.Route{
	Name:    "inspections.create_inspection",
	Method:  http.MethodPost,
	Path:    "/v1/inspections",
	Summary: "Begin an inspection",
	About:   "By the published edition of a template, which it keeps. `known` are the damages of the inspection before. Raises `inspection.started`, unless it is only planned.",
	Allow:   access.DoInspections,
	Status:  http.StatusCreated,
	Faults:  []string{"inspection.template", "inspection.asset", "inspection.booking", "inspection.inspector", "inspection.customer", "inspection.device", "inspection.place", "inspection.started_at", "asset.archived", "table.busy"},
	Handle:  rest.JSON(createInspection),
}

type createInspectionInput struct {
	Body inspection.Order
}

func createInspection(ctx context.Context, c *api.Call, in createInspectionInput) (inspectionView, error) {
	i, err := c.Inspections.Begin(ctx, c.Actor, in.Body, c.Now)
	return viewOf(c.Actor, i), err
}
