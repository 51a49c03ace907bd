package tracking

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ReportFault says that a device is broken.
var ReportFault = api.Route{
	Name:    "tracking.report_fault",
	Method:  http.MethodPost,
	Path:    "/v1/devices/{id}/report-fault",
	Summary: "Report a faulty device",
	About:   "It stays in its asset, and what it reports is taken.",
	Allow:   access.EditAssets,
	Faults:  []string{"device.not_found", "device.stale", "device.retired"},
	Handle:  rest.JSON(reportFault),
}

func reportFault(ctx context.Context, c *api.Call, in deviceInput) (deviceView, error) {
	version, err := in.Version()
	if err != nil {
		return deviceView{}, err
	}
	d, err := c.Tracking.Mend(ctx, c.Actor, in.ID, true, version, c.Now)
	return viewOf(d), err
}
