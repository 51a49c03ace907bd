package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
)

// AssetTransfer moves a vehicle to another location.
var AssetTransfer = api.Route{
	Name:    "console.asset_transfer",
	Method:  http.MethodPost,
	Path:    "/assets/{id}/transfer",
	Summary: "Transfer an asset",
	Allow:   access.ManageLocations,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetTransfer),
}

type assetTransferInput struct {
	ID       string `path:"id"`
	To       string `form:"to"`
	Odometer string `form:"odometer"`
	Reason   string `form:"reason"`
}

func assetTransfer(ctx context.Context, c *api.Call, in assetTransferInput) (api.Answer, error) {
	a, err := c.Fleet.Find(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	way := fleet.Way{Reason: in.Reason}
	if page.Trim(in.Odometer) != "" {
		bad := fault.New(fault.Invalid, "transfer.odometer", "Give the odometer as a whole number.")
		n := int64(page.Count(in.Odometer, "odometer", bad))
		if len(bad.Fields) > 0 || n > 10_000_000 {
			return page.Back(record.AssetPath(in.ID), bad)
		}
		n = n * metres[a.DistanceUnit] / 1000
		way.Odometer = &n
	}
	if _, err := c.Fleet.Transfer(ctx, c.Actor, in.ID, in.To, way, 0, c.Now); err != nil {
		return page.Back(record.AssetPath(in.ID), err)
	}
	return page.Done(record.AssetPath(in.ID), "asset-transferred")
}
