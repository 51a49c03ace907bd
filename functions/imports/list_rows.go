package imports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/importing"
)

// ListRows shows what became of rows.
var ListRows = api.Route{
	Name:    "imports.list_rows",
	Method:  http.MethodGet,
	Path:    "/v1/imports/{id}/rows",
	Summary: "List what became of rows",
	About:   "Of the dry run, or of the import: those that changed something, were refused or were warned of. Kept for 30 days.",
	Allow:   access.ViewAssets,
	Faults:  []string{"import.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listRows),
}

type listRowsInput struct {
	api.Paging
	ID      string `path:"id"`
	Outcome string `query:"outcome" enum:"created,updated,unchanged,failed"`
}

func listRows(ctx context.Context, c *api.Call, in listRowsInput) (api.List[rowView], error) {
	page, next, err := c.Imports.Rows(ctx, c.Actor, in.ID, importing.Outcome(in.Outcome), in.Cursor, in.Limit)
	return listOf(page, next, rowViewOf), err
}
