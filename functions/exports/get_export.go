package exports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetExport shows how far an export of one's own is.
var GetExport = api.Route{
	Name:    "exports.get_export",
	Method:  http.MethodGet,
	Path:    "/v1/exports/{id}",
	Summary: "Get an export",
	About:   "Only your own: others are not found.",
	Allow:   access.RunExports,
	Faults:  []string{"export.not_found"},
	Handle:  rest.JSON(getExport),
}

func getExport(ctx context.Context, c *api.Call, in byID) (exportView, error) {
	e, err := c.Exports.Export(ctx, c.Actor, in.ID, c.Now)
	return viewOf(e), err
}
