package imports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// CancelImport stops an import.
var CancelImport = api.Route{
	Name:    "imports.cancel_import",
	Method:  http.MethodPost,
	Path:    "/v1/imports/{id}/cancel",
	Summary: "Cancel an import",
	About:   "What was done stays. While it is applied, the page of rows that is being done is finished first.",
	Allow:   access.EditAssets,
	Faults:  []string{"import.not_found", "import.over", "import.failed", "import.changed"},
	Handle:  rest.JSON(cancelImport),
}

func cancelImport(ctx context.Context, c *api.Call, in byID) (importView, error) {
	i, err := c.Imports.Cancel(ctx, c.Actor, in.ID, c.Now)
	return viewOf(i), err
}
