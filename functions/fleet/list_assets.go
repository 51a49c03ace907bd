package fleet

import (
	"context"
	"net/http"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fleet"
)

// ListAssets shows the fleet, a page at a time.
var ListAssets = api.Route{
	Name:    "fleet.list_assets",
	Method:  http.MethodGet,
	Path:    "/v1/assets",
	Summary: "List assets",
	About:   "Newest first, unless `sort` says otherwise; with `q` in the order of what they were found by. Archived assets are listed only with `status=archived`. A page may be short when filters are narrow: go on while there is a `next_cursor`.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.category", "cursor.invalid"},
	Handle:  rest.JSON(listAssets),
}

type listAssetsInput struct {
	api.Paging
	Status         string `query:"status" enum:"available,unavailable,archived,reserved,on_booking,overdue_return,in_maintenance"`
	Category       string `query:"category" doc:"In this category or one of its subcategories"`
	BookingEnabled string `query:"booking_enabled" enum:"true,false"`
	Type           string `query:"type" example:"car"`
	Make           string `query:"make" doc:"Whatever its case" example:"Toyota"`
	Tag            string `query:"tag"`
	Location       string `query:"location" doc:"It belongs there, is there, or can be picked up there"`
	Q              string `query:"q" maxLength:"100" doc:"The beginning of a number, a plate or a VIN, whatever its case, spaces and hyphens" example:"cam0"`
	Sort           string `query:"sort" enum:"newest,number" doc:"newest unless you say otherwise"`
}

func listAssets(ctx context.Context, c *api.Call, in listAssetsInput) (api.List[events.Asset], error) {
	page, next, err := c.Fleet.Assets(ctx, c.Actor, fleet.AssetFilter{
		Status: fleet.Status(in.Status), At: c.Now, Category: in.Category, Booking: yesOrNo(in.BookingEnabled),
		Type: in.Type, Make: in.Make, Tag: in.Tag, Q: in.Q, Location: in.Location, ByNumber: in.Sort == "number",
	}, in.Cursor, in.Limit)
	if err != nil {
		return api.List[events.Asset]{}, err
	}
	shown := make([]events.Asset, len(page))
	status := c.Fleet.Statuses(c.Actor.Workspace, c.Now)
	for i, a := range page {
		shown[i] = a.Object()
		is, err := status(ctx, a)
		if err != nil {
			return api.List[events.Asset]{}, err
		}
		shown[i].Status = string(is)
	}
	return api.ListOf(shown, next), nil
}
