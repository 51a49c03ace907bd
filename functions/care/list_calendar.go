package care

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/fleet"
)

// ListCalendar shows who has which vehicle when.
var ListCalendar = api.Route{
	Name:    "care.list_calendar",
	Method:  http.MethodGet,
	Path:    "/v1/calendar",
	Summary: "List the calendar of the fleet",
	About:   "Who has which vehicle when: a page of vehicles, newest first, each with what holds it between `from` and `until`, and its status now. Archived vehicles are left out.",
	Allow:   access.ViewAssets,
	Faults:  []string{"calendar.range", "asset.category", "cursor.invalid"},
	Handle:  rest.JSON(listCalendar),
}

type listCalendarInput struct {
	api.Paging
	From     time.Time `query:"from" doc:"Now, unless you say otherwise"`
	Until    time.Time `query:"until" doc:"Two weeks after that, unless you say otherwise; at most 100 days after it"`
	Category string    `query:"category" doc:"In this category or one of its subcategories"`
	Location string    `query:"location" doc:"Has to do with this location"`
	Status   string    `query:"status" doc:"What it is doing now" enum:",available,unavailable,reserved,on_booking,overdue_return,in_maintenance"`
}

func listCalendar(ctx context.Context, c *api.Call, in listCalendarInput) (api.List[rowView], error) {
	from, until, err := window(in.From, in.Until, c.Now)
	if err != nil {
		return api.List[rowView]{}, err
	}
	page, next, err := c.Fleet.Assets(ctx, c.Actor, fleet.AssetFilter{Category: in.Category, Location: in.Location, Status: fleet.Status(in.Status), At: c.Now}, in.Cursor, in.Limit)
	if err != nil {
		return api.List[rowView]{}, err
	}
	rows, err := rowsOf(ctx, c, page, from, until)
	return api.ListOf(rows, next), err
}
