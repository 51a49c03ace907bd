package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ListDeviceJourneys shows the journeys of a device, the latest first.
var ListDeviceJourneys = api.Route{
	Name:    "tracking.list_device_journeys",
	Method:  http.MethodGet,
	Path:    "/v1/devices/{id}/journeys",
	Summary: "List the journeys of a device",
	About:   "The latest first, ignored ones too, with the reason. Where somebody drove is personal data: journeys are gone after 13 months.",
	Allow:   access.ViewTracking,
	Faults:  []string{"device.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listDeviceJourneys),
}

type listDeviceJourneysInput struct {
	ID string `path:"id"`
	api.Paging
}

func listDeviceJourneys(ctx context.Context, c *api.Call, in listDeviceJourneysInput) (api.List[journeyView], error) {
	page, next, err := c.Tracking.OfDevice(ctx, c.Actor, in.ID, in.Cursor, in.Limit)
	return listOf(page, next, journeyOf), err
}
