package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetInspection shows one inspection with its answers.
var GetInspection = api.Route{
	Name:    "inspections.get_inspection",
	Method:  http.MethodGet,
	Path:    "/v1/inspections/{id}",
	Summary: "Get an inspection",
	About:   "With its answers. Without people.view_pii the customer and signatures are left out, and `redacted` says so.",
	Allow:   access.ViewAssets,
	Faults:  []string{"inspection.not_found"},
	Handle:  rest.JSON(getInspection),
}

func getInspection(ctx context.Context, c *api.Call, in byID) (inspectionView, error) {
	i, err := c.Inspections.Inspection(ctx, c.Actor, in.ID)
	return viewOf(c.Actor, i), err
}
