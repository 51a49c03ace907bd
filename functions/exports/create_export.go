package exports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/exporting"
)

// CreateExport asks for a list as a file.
var CreateExport = api.Route{
	Name:    "exports.create_export",
	Method:  http.MethodPost,
	Path:    "/v1/exports",
	Summary: "Export a list",
	About:   "The rows that the list shows you with the same filters, as CSV; it is written in the background: ask for the export until its `state` is `ready`. What you may not see is left out (`redacted`), by your permissions at the time of writing. Cells that a spreadsheet would take for formulas have an apostrophe before them.",
	Allow:   access.RunExports,
	Status:  http.StatusCreated,
	Faults:  []string{"export.list", "export.filter", "export.column", "export.email", "export.no_files"},
	Handle:  rest.JSON(createExport),
}

type createExportInput struct {
	Body createExportBody
}

type createExportBody struct {
	List    string            `json:"list" enum:"assets,companies,devices,documents,expenses,inspections,insurance-claims,insurance-policies,issues,locations,maintenance-windows,odometer-readings,people,service-reminders" doc:"GET /v1/exports/lists tells which of them you may have, and their columns and filters" example:"assets"`
	Filters map[string]string `json:"filters,omitempty" doc:"By the names and with the values that the list's query has. odometer-readings needs asset"`
	Columns []string          `json:"columns,omitempty" nullable:"false" doc:"In this order; all if you name none" example:"[\"vin\",\"number\"]"`
	BOM     bool              `json:"bom,omitempty" doc:"Begin with a byte order mark, by which Excel knows UTF-8"`
	Email   bool              `json:"email,omitempty" doc:"Tell me by e-mail when it is ready"`
}

func createExport(ctx context.Context, c *api.Call, in createExportInput) (exportView, error) {
	e, err := c.Exports.Create(ctx, c.Actor, exporting.Order(in.Body), c.Now)
	return viewOf(e), err
}
