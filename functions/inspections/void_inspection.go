package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// VoidInspection says that an inspection does not count.
var VoidInspection = api.Route{
	Name:    "inspections.void_inspection",
	Method:  http.MethodPost,
	Path:    "/v1/inspections/{id}/void",
	Summary: "Void an inspection",
	About:   "It can be read and does not count: the next one is compared with the one before it. Raises `inspection.voided`.",
	Allow:   access.ManageInspections,
	Faults:  []string{"inspection.not_found", "inspection.stale", "inspection.draft", "inspection.in_progress", "inspection.completed", "inspection.customer_acknowledged", "inspection.disputed", "inspection.voided", "table.busy", "inspection.reason"},
	Handle:  rest.JSON(voidInspection),
}

type voidInspectionInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body voidBody
}

func voidInspection(ctx context.Context, c *api.Call, in voidInspectionInput) (inspectionView, error) {
	version, err := in.Version()
	if err != nil {
		return inspectionView{}, err
	}
	i, err := c.Inspections.Cancel(ctx, c.Actor, in.ID, in.Body.Reason, version, c.Now)
	return viewOf(c.Actor, i), err
}
