package console

import (
	"context"
	"net/http"

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
	Handle:  page(assetTransfer),
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
	if text(in.Odometer) != "" {
		bad := fault.New(fault.Invalid, "transfer.odometer", "Give the odometer as a whole number.")
		n := int64(count(in.Odometer, "odometer", bad))
		if len(bad.Fields) > 0 || n > 10_000_000 {
			return back(assetPath(in.ID), bad)
		}
		n = n * metres[a.DistanceUnit] / 1000
		way.Odometer = &n
	}
	if _, err := c.Fleet.Transfer(ctx, c.Actor, in.ID, in.To, way, 0, c.Now); err != nil {
		return back(assetPath(in.ID), err)
	}
	return done(assetPath(in.ID), "asset-transferred")
}
