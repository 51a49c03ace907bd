package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
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
	Handle:  page.Handler(maintenanceList),
}

type maintenanceListInput struct {
	Asset  string `query:"asset"`
	State  string `query:"state"`
	Cursor string `query:"cursor"`
	Did    string `query:"did"`
}

type maintenanceListView struct {
	chore.List
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
	list, err := chore.ListOf(ctx, c, look.Frame{Title: "Maintenance", Section: "maintenance", Toast: page.News(in.Did)}, in.Asset, "maintenance")
	if err != nil {
		return api.Answer{}, err
	}
	v := maintenanceListView{List: list}
	batch, next, err := c.Maintenance.Windows(ctx, c.Actor, maintenance.Filter{Asset: in.Asset, State: maintenance.State(in.State)}, in.Cursor, 50)
	if err != nil {
		return api.Answer{}, err
	}
	titles := chore.TitlesOf(ctx, c)
	for _, w := range batch {
		asset, err := titles(w.Asset)
		if err != nil {
			return api.Answer{}, err
		}
		v.Rows = append(v.Rows, windowRow{
			Title: page.TitleOf(w.Title()), To: record.WindowPath(w.ID), Asset: asset, State: windowBadge(w.State), Starts: v.When(w.StartsAt),
			Until: v.When(w.EndsAt), Vendor: w.Vendor, Cost: page.Money(w.Cost),
		})
	}
	v.Filters = []look.Field{{Name: "state", Label: "State", Type: "select", Options: look.Choose(in.State, append([]look.Option{{Text: "Planned and in progress"}}, chore.Named(maintenance.States)...)...)}}
	v.Action, v.Filtered = "/maintenance", in.State != ""
	v.Finish("window", len(batch), in.Cursor, next, "asset", in.Asset, "state", in.State)
	v.Empty = look.Empty{Icon: "gear", Title: "Nothing in the workshop", Text: "Block a vehicle for a service, a repair or its sale. It cannot be booked then."}
	v.Acts = record.Exporting(v.Frame, "maintenance-windows", "asset", in.Asset, "state", in.State)
	v.Offer("Block a vehicle", page.With("/maintenance/new", "asset", in.Asset))
	return page.Show(maintenanceListPage, v)
}
