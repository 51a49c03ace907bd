package care

import (
	"context"
	"errors"
	"net/http"

	"motorpool/functions/console/chore"
	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/calendar"
	"motorpool/shared/fault"
	"motorpool/shared/maintenance"
)

// MaintenanceMove starts, completes or cancels a maintenance window.
var MaintenanceMove = api.Route{
	Name:    "console.maintenance_move",
	Method:  http.MethodPost,
	Path:    "/maintenance/{id}/move",
	Summary: "Start, complete or cancel a maintenance window",
	Allow:   access.ManageCare,
	Door:    api.SessionDoor,
	Handle:  page.Handler(maintenanceMove),
}

type maintenanceMoveInput struct {
	ID          string   `path:"id"`
	To          string   `form:"to"`
	Acknowledge []string `form:"acknowledge"`
}

func maintenanceMove(ctx context.Context, c *api.Call, in maintenanceMoveInput) (_ api.Answer, err error) {
	switch maintenance.State(in.To) {
	case maintenance.InProgress:
		_, err = c.Maintenance.Start(ctx, c.Actor, in.ID, in.Acknowledge, 0, c.Now)
	case maintenance.Completed:
		_, err = c.Maintenance.Complete(ctx, c.Actor, in.ID, 0, c.Now)
	case maintenance.Cancelled:
		_, err = c.Maintenance.Cancel(ctx, c.Actor, in.ID, 0, c.Now)
	default:
		err = fault.New(fault.Invalid, "maintenance_window.state", "Choose whether to start, complete or cancel it.")
	}
	if _, taken := errors.AsType[*calendar.Taken](err); taken {
		return startOver(ctx, c, in, err)
	}
	if err != nil {
		return page.Back(record.WindowPath(in.ID), err)
	}
	return page.Done(record.WindowPath(in.ID), "window-"+in.To)
}

// startOver asks to acknowledge what has the vehicle, where the work begins
// earlier than planned.
func startOver(ctx context.Context, c *api.Call, in maintenanceMoveInput, because error) (api.Answer, error) {
	w, err := c.Maintenance.Window(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	f, err := chore.Frame(ctx, c, look.Frame{Title: "Start now?", Section: "maintenance", Crumbs: []look.Link{{Text: "Maintenance", To: "/maintenance"}, {Text: page.TitleOf(w.Title()), To: record.WindowPath(w.ID)}}}, w.Asset)
	if err != nil {
		return api.Answer{}, err
	}
	v := windowFields{ID: w.ID, Acknowledge: in.Acknowledge}.form(f, look.Field{}, because)
	v.Groups, v.Hidden = nil, []look.Option{{Text: "to", Value: in.To}}
	v.Action, v.Cancel, v.Do = record.WindowPath(w.ID)+"/move", record.WindowPath(w.ID), "Start all the same"
	return chore.Form(v, because)
}
