package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// InspectionForm is what is filled in at the vehicle, on a phone.
var InspectionForm = api.Route{
	Name:    "console.inspection_form",
	Method:  http.MethodGet,
	Path:    "/inspections/{id}/form",
	Summary: "The form of an inspection",
	Allow:   access.DoInspections,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inspectionForm),
}

type inspectionFormInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
}

func inspectionForm(ctx context.Context, c *api.Call, in inspectionFormInput) (api.Answer, error) {
	return inspectionFormOf(ctx, c, in.ID, in.Did, nil)
}
