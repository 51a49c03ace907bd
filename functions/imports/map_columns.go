package imports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// MapColumns says which field each column is.
var MapColumns = api.Route{
	Name:    "imports.map_columns",
	Method:  http.MethodPut,
	Path:    "/v1/imports/{id}/mapping",
	Summary: "Say what the columns are",
	About:   "One name of a field for each column, in the order of the file; an empty one leaves the column out. The workspace remembers it: the next file with columns of these names is mapped so. What a dry run found before no longer counts.",
	Allow:   access.EditAssets,
	Faults:  []string{"import.not_found", "import.columns", "import.field", "import.field_twice", "import.key", "import.working", "import.over", "import.failed", "import.changed"},
	Handle:  rest.JSON(mapColumns),
}

type mapColumnsInput struct {
	ID   string `path:"id"`
	Body mapColumnsBody
}

type mapColumnsBody struct {
	Columns []string `json:"columns" nullable:"false" doc:"The field of each column; empty: left out" example:"[\"vin\",\"make\",\"\"]"`
}

func mapColumns(ctx context.Context, c *api.Call, in mapColumnsInput) (importView, error) {
	i, err := c.Imports.Map(ctx, c.Actor, in.ID, in.Body.Columns, c.Now)
	return viewOf(i), err
}
