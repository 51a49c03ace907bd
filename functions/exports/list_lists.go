package exports

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListLists shows the lists that can be exported, with their columns and filters.
var ListLists = api.Route{
	Name:    "exports.list_lists",
	Method:  http.MethodGet,
	Path:    "/v1/exports/lists",
	Summary: "List what can be exported",
	About:   "The lists that you may export, with their columns and filters.",
	Allow:   access.RunExports,
	Handle:  rest.JSON(listLists),
}

func listLists(_ context.Context, c *api.Call, _ api.None) (api.List[listView], error) {
	return listOf(c.Exports.Offered(c.Actor), "", listViewOf), nil
}
