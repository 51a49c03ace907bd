package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetReport shows where the PDF is.
var GetReport = api.Route{
	Name:    "inspections.get_report",
	Method:  http.MethodGet,
	Path:    "/v1/inspections/{id}/report",
	Summary: "Get the report of an inspection",
	About:   "A PDF whose bytes never change; its SHA-256 is in the inspection. The address works for some minutes. One that is not made yet is made now.",
	Allow:   access.ViewAssets,
	Faults:  []string{"inspection.not_found", "inspection.draft", "inspection.in_progress", "inspection.voided", "inspection.files"},
	Handle:  rest.JSON(getReport),
}

func getReport(ctx context.Context, c *api.Call, in byID) (reportView, error) {
	return reportOf(ctx, c, in.ID)
}
