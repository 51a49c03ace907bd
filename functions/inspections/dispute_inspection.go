package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/inspection"
)

// DisputeInspection takes down what the customer says.
var DisputeInspection = api.Route{
	Name:    "inspections.dispute_inspection",
	Method:  http.MethodPost,
	Path:    "/v1/inspections/{id}/dispute",
	Summary: "Take down that the customer disagrees",
	About:   "What the customer says to your face; they can also say it over their link. Raises `inspection.disputed`.",
	Allow:   access.DoInspections,
	Faults:  []string{"inspection.not_found", "inspection.stale", "inspection.draft", "inspection.in_progress", "inspection.completed", "inspection.customer_acknowledged", "inspection.disputed", "inspection.voided", "table.busy", "inspection.name", "inspection.comment", "inspection.signature"},
	Handle:  rest.JSON(disputeInspection),
}

type disputeInspectionInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body verdictBody
}

func disputeInspection(ctx context.Context, c *api.Call, in disputeInspectionInput) (inspectionView, error) {
	version, err := in.Version()
	if err != nil {
		return inspectionView{}, err
	}
	i, err := c.Inspections.Settle(ctx, c.Actor, in.ID, inspection.Disputed, in.Body.verdict(), version, c.Now)
	return viewOf(c.Actor, i), err
}
