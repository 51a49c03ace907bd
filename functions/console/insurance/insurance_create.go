package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/insurance"
)

// InsuranceCreate adds a policy.
var InsuranceCreate = api.Route{
	Name:    "console.insurance_create",
	Method:  http.MethodPost,
	Path:    "/insurance",
	Summary: "Add a policy",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceCreate),
}

func insuranceCreate(ctx context.Context, c *api.Call, in policyFields) (api.Answer, error) {
	var t insurance.Terms
	err := in.terms(ctx, c, &t)
	if err == nil {
		var p *insurance.Policy
		if p, err = c.Insurance.Insure(ctx, c.Actor, t, c.Now); err == nil {
			return page.Done(record.PolicyPath(p.ID), "policy-added")
		}
	}
	if page.Mine(err) {
		return newPolicyForm(ctx, c, in, err)
	}
	return api.Answer{}, err
}
