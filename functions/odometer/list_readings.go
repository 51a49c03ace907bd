package odometer

import (
	"context"
	"net/http"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/odometer"
)

// ListReadings shows what was read off an odometer, the latest first.
var ListReadings = api.Route{
	Name:    "odometer.list_readings",
	Method:  http.MethodGet,
	Path:    "/v1/assets/{id}/odometer/readings",
	Summary: "List an asset's odometer readings",
	About:   "Actual readings that count, the latest first; or, with `state=superseded`, those that no longer do.",
	Allow:   access.ViewAssets,
	Faults:  []string{"asset.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listReadings),
}

type listReadingsInput struct {
	ID string `path:"id"`
	api.Paging
	State string `query:"state" enum:"valid,superseded" doc:"valid unless you say otherwise"`
}

func listReadings(ctx context.Context, c *api.Call, in listReadingsInput) (api.List[events.OdometerReading], error) {
	page, next, err := c.Odometer.Readings(ctx, c.Actor, in.ID, odometer.State(in.State), in.Cursor, in.Limit)
	out := make([]events.OdometerReading, len(page))
	for i, r := range page {
		out[i] = r.Object()
	}
	return api.ListOf(out, next), err
}
