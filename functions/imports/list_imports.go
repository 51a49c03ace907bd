package imports

import (
	"context"
	"net/http"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/importing"
)

// ListImports shows the imports, newest first.
var ListImports = api.Route{
	Name:    "imports.list_imports",
	Method:  http.MethodGet,
	Path:    "/v1/imports",
	Summary: "List imports",
	About:   "Newest first.",
	Allow:   access.ViewAssets,
	Faults:  []string{"cursor.invalid"},
	Handle:  rest.JSON(listImports),
}

type listImportsInput struct {
	api.Paging
}

func listImports(ctx context.Context, c *api.Call, in listImportsInput) (api.List[events.Import], error) {
	page, next, err := c.Imports.Imports(ctx, c.Actor, in.Cursor, in.Limit)
	return listOf(page, next, (*importing.Import).Object), err
}
