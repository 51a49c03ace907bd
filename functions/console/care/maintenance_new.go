package care

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// MaintenanceNew is the form that blocks a vehicle for some time.
var MaintenanceNew = api.Route{
	Name:    "console.maintenance_new",
	Method:  http.MethodGet,
	Path:    "/maintenance/new",
	Summary: "The form that blocks a vehicle",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(maintenanceNew),
}

type maintenanceNewInput struct {
	Asset    string `query:"asset"`
	On       string `query:"on"`
	Reason   string `query:"reason"`
	Issue    string `query:"issue"`
	Reminder string `query:"reminder"`
	Q        string `query:"q"`
}

func maintenanceNew(ctx context.Context, c *api.Call, in maintenanceNewInput) (api.Answer, error) {
	fields := windowFields{Asset: in.Asset, Reason: in.Reason, Issue: in.Issue, Reminder: in.Reminder}
	if in.On != "" {
		fields.StartsAt, fields.EndsAt = in.On+"T08:00", in.On+"T18:00"
	}
	return newWindowForm(ctx, c, fields, in.Q, nil)
}
