package exports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListExports shows one's own exports, newest first.
var ListExports = api.Route{
	Name:    "exports.list_exports",
	Method:  http.MethodGet,
	Path:    "/v1/exports",
	Summary: "List exports",
	About:   "Only your own, newest first. It is kept for 90 days that there was one.",
	Allow:   access.RunExports,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listExports),
}

type listExportsInput struct {
	api.Paging
}

func listExports(ctx context.Context, c *api.Call, in listExportsInput) (api.List[exportView], error) {
	page, next, err := c.Exports.Exports(ctx, c.Actor, in.Cursor, in.Limit, c.Now)
	return listOf(page, next, viewOf), err
}
