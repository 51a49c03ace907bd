package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
)

// InspectionOpen is where a customer's link leads.
var InspectionOpen = api.Route{
	Name:    "console.inspection_open",
	Method:  http.MethodGet,
	Path:    "/inspection/{token}",
	Summary: "The report of an inspection, for the customer",
	Door:    api.OpenDoor,
	Handle:  page.Handler(inspectionOpen),
}

type inspectionOpenInput struct {
	Token string `path:"token"`
	Said  bool   `query:"said"`
}

func inspectionOpen(ctx context.Context, c *api.Call, in inspectionOpenInput) (api.Answer, error) {
	return customerPage(ctx, c, in.Token, nil)
}
