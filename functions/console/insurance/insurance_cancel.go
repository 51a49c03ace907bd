package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// InsuranceCancel ends a policy with a day before its last one.
var InsuranceCancel = api.Route{
	Name:    "console.insurance_cancel",
	Method:  http.MethodPost,
	Path:    "/insurance/{id}/cancel",
	Summary: "Cancel a policy",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceCancel),
}

type insuranceCancelInput struct {
	ID string `path:"id"`
	On string `form:"on"`
}

func insuranceCancel(ctx context.Context, c *api.Call, in insuranceCancelInput) (api.Answer, error) {
	bad := fault.New(fault.Invalid, "insurance_policy.on", "Give the last day it covers.").At("on")
	on := page.Date(in.On, "on", bad)
	if _, err := c.Insurance.Cancel(ctx, c.Actor, in.ID, on, 0, c.Now); err != nil {
		return page.Back(record.PolicyPath(in.ID), err)
	}
	return page.Done(record.PolicyPath(in.ID), "policy-cancelled")
}
