package imports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetImport shows how far an import is.
var GetImport = api.Route{
	Name:    "imports.get_import",
	Method:  http.MethodGet,
	Path:    "/v1/imports/{id}",
	Summary: "Get an import",
	About:   "Ask again while `state` is `reading`, `checking`, `applying` or `cancelling`: `rows_done` of `rows` are done.",
	Allow:   access.ViewAssets,
	Faults:  []string{"import.not_found"},
	Handle:  rest.JSON(getImport),
}

func getImport(ctx context.Context, c *api.Call, in byID) (importView, error) {
	i, err := c.Imports.Import(ctx, c.Actor, in.ID)
	return viewOf(i), err
}
