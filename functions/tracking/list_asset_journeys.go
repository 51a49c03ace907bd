package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListAssetJourneys shows the journeys of an asset, the latest first.
var ListAssetJourneys = api.Route{
	Name:    "tracking.list_asset_journeys",
	Method:  http.MethodGet,
	Path:    "/v1/assets/{id}/journeys",
	Summary: "List the journeys of an asset",
	About:   "The latest first, ignored ones too, with the reason. Where somebody drove is personal data: journeys are gone after 13 months.",
	Allow:   access.ViewTracking,
	Faults:  []string{"asset.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listAssetJourneys),
}

type listAssetJourneysInput struct {
	ID string `path:"id"`
	api.Paging
}

func listAssetJourneys(ctx context.Context, c *api.Call, in listAssetJourneysInput) (api.List[journeyView], error) {
	page, next, err := c.Tracking.OfAsset(ctx, c.Actor, in.ID, in.Cursor, in.Limit)
	return listOf(page, next, journeyOf), err
}
