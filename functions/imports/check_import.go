package imports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// CheckImport begins a dry run of an import.
var CheckImport = api.Route{
	Name:    "imports.check_import",
	Method:  http.MethodPost,
	Path:    "/v1/imports/{id}/check",
	Summary: "Make a dry run",
	About:   "Nothing changes. Ask for the import until its `state` is `checked`: `expected` counts what would happen, and the rows that would be refused are listed.",
	Allow:   access.EditAssets,
	Faults:  []string{"import.not_found", "import.key", "import.working", "import.over", "import.failed", "import.changed"},
	Handle:  rest.JSON(checkImport),
}

func checkImport(ctx context.Context, c *api.Call, in byID) (importView, error) {
	i, err := c.Imports.Check(ctx, c.Actor, in.ID, c.Now)
	return viewOf(i), err
}
