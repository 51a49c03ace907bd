package fleet

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetAsset shows one vehicle, archived or not.
var GetAsset = api.Route{
	Name:    "fleet.get_asset",
	Method:  http.MethodGet,
	Path:    "/v1/assets/{id}",
	Summary: "Get an asset",
	About:   "Archived assets are shown too.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.not_found"},
	Handle:  rest.JSON(getAsset),
}

func getAsset(ctx context.Context, c *api.Call, in byID) (assetView, error) {
	a, err := c.Fleet.Find(ctx, c.Actor, in.ID)
	if err != nil {
		return assetView{}, err
	}
	is, err := c.Fleet.Statuses(c.Actor.Workspace, c.Now)(ctx, a)
	v := viewOf(a)
	v.Status = string(is)
	return v, err
}
