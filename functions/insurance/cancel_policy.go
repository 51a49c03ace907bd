package insurance

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/span"
)

// CancelPolicy ends a policy before its last day.
var CancelPolicy = api.Route{
	Name:    "insurance.cancel_policy",
	Method:  http.MethodPost,
	Path:    "/v1/insurance-policies/{id}/cancel",
	Summary: "Cancel an insurance policy",
	About:   "It covers nothing after the day that is given, and can no longer be changed. Raises `insurance_policy.cancelled`.",
	Allow:   access.EditExpenses,
	Faults:  []string{"insurance_policy.not_found", "insurance_policy.stale", "insurance_policy.cancelled", "insurance_policy.on"},
	Handle:  rest.JSON(cancelPolicy),
}

type cancelPolicyInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body struct {
		On span.Date `json:"on" format:"date" doc:"The last day it covers" example:"2027-01-31"`
	}
}

func cancelPolicy(ctx context.Context, c *api.Call, in cancelPolicyInput) (policyView, error) {
	version, err := in.Version()
	if err != nil {
		return policyView{}, err
	}
	p, err := c.Insurance.Cancel(ctx, c.Actor, in.ID, in.Body.On, version, c.Now)
	return policyOf(ctx, c, p, err)
}
