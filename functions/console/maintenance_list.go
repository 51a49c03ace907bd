package console

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/maintenance"
)

// MaintenanceList lists the times in which vehicles are not free, of the fleet or of one vehicle.
var MaintenanceList = api.Route{
	Name:    "console.maintenance_list",
	Method:  http.MethodGet,
	Path:    "/maintenance",
	Summary: "Maintenance windows",
	Allow:   access.ViewAssets,
	Door:    api.SessionDoor,
	Handle:  page(maintenanceList),
}

type maintenanceListInput struct {
	Asset  string `query:"asset"`
	State  string `query:"state"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type maintenanceListView struct {
	careList
	Rows []windowRow
}

type windowRow struct {
	Title, To     string
	Asset         look.Link
	State         look.Badge
	Starts, Until look.Moment
	Vendor, Cost  string
}

var maintenanceListPage = look.Page(files, "maintenance_list")

func maintenanceList(ctx context.Context, c *api.Call, in maintenanceListInput) (api.Answer, error) {
	list, err := careListOf(ctx, c, look.Frame{Title: "Maintenance", Section: "maintenance", Toast: news(in.Did)}, in.Asset, "maintenance")
	if err != nil {
		return api.Answer{}, err
	}
	v := maintenanceListView{careList: list}
	page, next, err := c.Maintenance.Windows(ctx, c.Actor, maintenance.Filter{Asset: in.Asset, State: maintenance.State(in.State)}, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	titles := titlesOf(ctx, c)
	for _, w := range page {
		asset, err := titles(w.Asset)
		if err != nil {
			return api.Answer{}, err
		}
		v.Rows = append(v.Rows, windowRow{
			Title: titleOf(w.Title()), To: windowPath(w.ID), Asset: asset, State: windowBadge(w.State), Starts: v.When(w.StartsAt),
			Until: v.When(w.EndsAt), Vendor: w.Vendor, Cost: moneyText(w.Cost),
		})
	}
	v.Filters = []look.Field{{Name: "state", Label: "State", Type: "select", Options: look.Choose(in.State, append([]look.Option{{Text: "Planned and in progress"}}, named(maintenance.States)...)...)}}
	v.Action, v.Filtered = "/maintenance", in.State != ""
	v.finish("window", len(page), in.Cursor, next, "asset", in.Asset, "state", in.State)
	v.Empty = look.Empty{Icon: "gear", Title: "Nothing in the workshop", Text: "Block a vehicle for a service, a repair or its sale. It cannot be booked then."}
	v.offer("Block a vehicle", with("/maintenance/new", "asset", in.Asset))
	return show(maintenanceListPage, v)
}
