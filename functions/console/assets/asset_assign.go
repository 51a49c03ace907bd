package assets

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/fleet"
)

// AssetAssign gives the assets that were ticked in the list a location.
var AssetAssign = api.Route{
	Name:    "console.asset_assign",
	Method:  http.MethodPost,
	Path:    "/assets/assign",
	Summary: "Assign assets to a location",
	Allow:   access.ManageLocations,
	Door:    api.SessionDoor,
	Handle:  page.Handler(assetAssign),
}

type assetAssignInput struct {
	Assets   []string `form:"assets"`
	What     string   `form:"what"`
	Location string   `form:"location"`
}

func assetAssign(ctx context.Context, c *api.Call, in assetAssignInput) (api.Answer, error) {
	as := fleet.Assignment{Assets: in.Assets}
	switch in.What {
	case "home":
		as.Home = &in.Location
	case "current":
		as.Current = &in.Location
	case "available":
		as.Available = &[]string{in.Location}
	}
	if in.Location == "" {
		return page.Back("/assets", fault.New(fault.Invalid, "assignment.location", "Choose a location."))
	}
	all, err := c.Fleet.Assign(ctx, c.Actor, as, c.Now)
	if err != nil {
		return page.Back("/assets", err)
	}
	if refused := assignRefused(all); refused != nil {
		return page.Back("/assets", refused)
	}
	return page.Done(page.With("/assets", "location", in.Location), "assets-assigned")
}
