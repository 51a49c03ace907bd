package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/maintenance"
)

// MaintenanceCreate blocks a vehicle, over what is acknowledged by name.
var MaintenanceCreate = api.Route{
	Name:    "console.maintenance_create",
	Method:  http.MethodPost,
	Path:    "/maintenance",
	Summary: "Block a vehicle",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(maintenanceCreate),
}

func maintenanceCreate(ctx context.Context, c *api.Call, in windowFields) (api.Answer, error) {
	zone, err := zoneOf(ctx, c)
	if err != nil {
		return api.Answer{}, err
	}
	var d maintenance.Details
	if err := chore.Unchosen(ctx, c, in.Asset); page.Mine(err) {
		return newWindowForm(ctx, c, in, "", err)
	} else if err != nil {
		return api.Answer{}, err
	}
	if err := in.describe(&d, zone); err != nil {
		return newWindowForm(ctx, c, in, "", err)
	}
	w, err := c.Maintenance.Plan(ctx, c.Actor, in.Asset, d, in.Acknowledge, c.Now)
	if page.Mine(err) {
		return newWindowForm(ctx, c, in, "", err)
	}
	if err != nil {
		return api.Answer{}, err
	}
	return page.Done(record.WindowPath(w.ID), "window-planned")
}
