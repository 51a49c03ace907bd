package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// InspectionPage shows what was found.
var InspectionPage = api.Route{
	Name:    "console.inspection_page",
	Method:  http.MethodGet,
	Path:    "/inspections/{id}",
	Summary: "One inspection",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page.Handler(inspectionPage),
}

type inspectionPageInput struct {
	ID  string `path:"id"`
	Did string `query:"did"`
	record.Uploads
}

func inspectionPage(ctx context.Context, c *api.Call, in inspectionPageInput) (api.Answer, error) {
	return inspectionPageOf(ctx, c, inspectionShow{ID: in.ID, Did: in.Did, Uploads: in.Uploads}, nil)
}
