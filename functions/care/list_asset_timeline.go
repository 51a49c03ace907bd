package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/audit"
)

// ListAssetTimeline shows everything that happened to a vehicle.
var ListAssetTimeline = api.Route{
	Name:    "care.list_asset_timeline",
	Method:  http.MethodGet,
	Path:    "/v1/assets/{id}/timeline",
	Summary: "List the timeline of an asset",
	About:   "Everything that happened to it, newest first: what was done to the asset itself, its maintenance, issues and reminders. Entries are kept for seven years.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listAssetTimeline),
}

type listAssetTimelineInput struct {
	ID string `path:"id"`
	api.Paging
}

func listAssetTimeline(ctx context.Context, c *api.Call, in listAssetTimelineInput) (api.List[audit.Entry], error) {
	page, next, err := c.Fleet.Timeline(ctx, c.Actor, in.ID, in.Cursor, in.Limit)
	return api.ListOf(page, next), err
}
