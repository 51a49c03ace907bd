package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/audit"
)

// ListAssetHistory shows what was done to a vehicle, newest first.
var ListAssetHistory = api.Route{
	Name:    "fleet.list_asset_history",
	Method:  http.MethodGet,
	Path:    "/v1/assets/{id}/history",
	Summary: "List the history of an asset",
	About:   "Who changed what, when and from where. Entries are kept for seven years.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listAssetHistory),
}

type listAssetHistoryInput struct {
	ID string `path:"id"`
	api.Paging
}

func listAssetHistory(ctx context.Context, c *api.Call, in listAssetHistoryInput) (api.List[audit.Entry], error) {
	page, next, err := c.Fleet.History(ctx, c.Actor, in.ID, in.Cursor, in.Limit)
	return api.ListOf(page, next), err
}
