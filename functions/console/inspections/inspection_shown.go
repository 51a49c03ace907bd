package inspections

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/api"
)

// InspectionShown leads to a photo or the PDF over a customer's link.
var InspectionShown = api.Route{
	Name:    "console.inspection_shown",
	Method:  http.MethodGet,
	Path:    "/inspection/{token}/files/{file}",
	Summary: "A file of a report, for the customer",
	Door:    api.OpenDoor,
	Handle:  page.Handler(inspectionShown),
}

type inspectionShownInput struct {
	Token string `path:"token"`
	File  string `path:"file"`
	Size  int    `query:"size"`
}

func inspectionShown(ctx context.Context, c *api.Call, in inspectionShownInput) (api.Answer, error) {
	sheet, err := c.Inspections.Open(ctx, in.Token, c.Now)
	if err != nil {
		return customerPage(ctx, c, in.Token, err)
	}
	return fileOf(ctx, c, sheet.Inspection, in.File, in.Size)
}
