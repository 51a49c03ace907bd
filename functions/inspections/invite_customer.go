package inspections

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// InviteCustomer makes a link at which the customer reads the report.
var InviteCustomer = api.Route{
	Name:    "inspections.invite_customer",
	Method:  http.MethodPost,
	Path:    "/v1/inspections/{id}/link",
	Summary: "Make a link for the customer",
	About:   "It works for seven days; the one before works no more. There they read the report and acknowledge or dispute, once. If their address is known they get a letter with it.",
	Allow:   access.DoInspections,
	Status:  http.StatusCreated,
	Faults:  []string{"inspection.not_found", "inspection.stale", "inspection.draft", "inspection.in_progress", "inspection.completed", "inspection.customer_acknowledged", "inspection.disputed", "inspection.voided", "table.busy"},
	Handle:  rest.JSON(inviteCustomer),
}

func inviteCustomer(ctx context.Context, c *api.Call, in byID) (linkView, error) {
	p, err := c.Inspections.Invite(ctx, c.Actor, in.ID, c.Now)
	return linkView{p.URL, p.Until}, err
}
