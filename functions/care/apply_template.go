package care

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// ApplyTemplate schedules a reminder for every asset that a template is for.
var ApplyTemplate = api.Route{
	Name:    "care.apply_template",
	Method:  http.MethodPost,
	Path:    "/v1/service-reminder-templates/{id}/apply",
	Summary: "Apply a template of service reminders",
	About:   "Schedules its reminder for each asset that it is for and that never had it, counted from today and from the odometer as it stands; where that is unknown, from its first reading. The first hundred assets are looked at before the answer, the others soon after. To apply it again does nothing to those that have it. Raises `service_reminder.created` for each.",
	Allow:   access.ManageCare,
	Faults:  []string{"service_reminder_template.not_found", "table.busy"},
	Handle:  rest.JSON(applyTemplate),
}

// appliedView is what applying a template has done so far.
type appliedView struct {
	Scheduled int  `json:"scheduled" doc:"How many reminders were added so far" example:"42"`
	More      bool `json:"more" doc:"Whether more assets are being looked at"`
}

func applyTemplate(ctx context.Context, c *api.Call, in byID) (appliedView, error) {
	made, more, err := c.Reminders.Apply(ctx, c.Actor, in.ID, c.Now)
	return appliedView{Scheduled: made, More: more}, err
}
