package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/maintenance"
)

// MaintenanceSave changes or moves a maintenance window, unless somebody else has meanwhile.
var MaintenanceSave = api.Route{
	Name:    "console.maintenance_save",
	Method:  http.MethodPost,
	Path:    "/maintenance/{id}",
	Summary: "Change a maintenance window",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(maintenanceSave),
}

func maintenanceSave(ctx context.Context, c *api.Call, in windowFields) (api.Answer, error) {
	zone, err := zoneOf(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	_, err = c.Maintenance.Edit(ctx, c.Actor, in.ID, func(d *maintenance.Details) error { return in.describe(d, zone) }, in.Acknowledge, in.Version, c.Now)
	switch {
	case fault.KindOf(err) == fault.Stale:
		return page.Back(record.WindowPath(in.ID)+"/edit", err)
	case page.Mine(err):
		w, lost := c.Maintenance.Window(ctx, c.Actor, in.ID)
		if lost != nil {
			return api.Answer{}, lost
		}
		return editWindowForm(ctx, c, w, in, err)
	case err != nil:
		return api.Answer{}, err
	}
	return page.Done(record.WindowPath(in.ID), "window-saved")
}
