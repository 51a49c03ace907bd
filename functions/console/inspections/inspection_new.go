package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// InspectionNew asks what is inspected, and by which template.
var InspectionNew = api.Route{
	Name:    "console.inspection_new",
	Method:  http.MethodGet,
	Path:    "/inspections/new",
	Summary: "Choose what to inspect",
	Allow:   access.DoInspections,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inspectionNew),
}

type inspectionNewInput struct {
	Asset string `query:"asset"`
	Q     string `query:"q"`
}

func inspectionNew(ctx context.Context, c *api.Call, in inspectionNewInput) (api.Answer, error) {
	return newInspectionForm(ctx, c, inspectionDraft{Asset: in.Asset}, in.Q, nil)
}
