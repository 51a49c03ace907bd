package inspections

import (
	"context"
	"net/http"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/inspection"
)

// ListInspections shows inspections, a page at a time.
var ListInspections = api.Route{
	Name:    "inspections.list_inspections",
	Method:  http.MethodGet,
	Path:    "/v1/inspections",
	Summary: "List inspections",
	About:   "Newest first, unless you say otherwise. A page may be short when filters are narrow: go on while there is a `next_cursor`.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listInspections),
}

type listInspectionsInput struct {
	api.Paging
	Asset    string    `query:"asset"`
	Booking  string    `query:"booking"`
	Template string    `query:"template"`
	State    string    `query:"state" enum:"draft,in_progress,completed,customer_acknowledged,disputed,voided"`
	Kind     string    `query:"kind" enum:"handover,return,scheduled,adhoc,transfer"`
	Since    time.Time `query:"since" doc:"Created then or later"`
	Until    time.Time `query:"until" doc:"Created before"`
	Order    string    `query:"order" enum:"newest,oldest"`
}

func listInspections(ctx context.Context, c *api.Call, in listInspectionsInput) (api.List[inspectionView], error) {
	f := inspection.Filter{
		Asset: in.Asset, Booking: in.Booking, Template: in.Template, State: inspection.State(in.State), Kind: inspection.Kind(in.Kind),
		Since: in.Since, Until: in.Until, Oldest: in.Order == "oldest",
	}
	page, next, err := c.Inspections.Inspections(ctx, c.Actor, f, in.Cursor, in.Limit)
	return listOf(page, next, func(i *inspection.Inspection) inspectionView { return briefOf(c.Actor, i) }), err
}
