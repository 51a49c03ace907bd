package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/inspection"
)

// AcknowledgeInspection takes down what the customer says.
var AcknowledgeInspection = api.Route{
	Name:    "inspections.acknowledge_inspection",
	Method:  http.MethodPost,
	Path:    "/v1/inspections/{id}/acknowledge",
	Summary: "Take down that the customer agrees",
	About:   "What the customer says to your face; they can also say it over their link. Raises `inspection.acknowledged`.",
	Allow:   access.DoInspections,
	Faults:  []string{"inspection.not_found", "inspection.stale", "inspection.draft", "inspection.in_progress", "inspection.completed", "inspection.customer_acknowledged", "inspection.disputed", "inspection.voided", "table.busy", "inspection.name", "inspection.comment", "inspection.signature"},
	Handle:  rest.JSON(acknowledgeInspection),
}

type acknowledgeInspectionInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body verdictBody
}

func acknowledgeInspection(ctx context.Context, c *api.Call, in acknowledgeInspectionInput) (inspectionView, error) {
	version, err := in.Version()
	if err != nil {
		return inspectionView{}, err
	}
	i, err := c.Inspections.Settle(ctx, c.Actor, in.ID, inspection.Acknowledged, in.Body.verdict(), version, c.Now)
	return viewOf(c.Actor, i), err
}
