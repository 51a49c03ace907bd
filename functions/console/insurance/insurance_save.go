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

// InsuranceSave changes what is said of a policy.
var InsuranceSave = api.Route{
	Name:    "console.insurance_save",
	Method:  http.MethodPost,
	Path:    "/insurance/{id}",
	Summary: "Change a policy",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceSave),
}

func insuranceSave(ctx context.Context, c *api.Call, in policyFields) (api.Answer, error) {
	p, err := c.Insurance.Policy(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	var said insurance.Terms
	if err = in.terms(ctx, c, &said); err == nil {
		_, err = c.Insurance.EditPolicy(ctx, c.Actor, in.ID, func(t *insurance.Terms) error {
			said.Documents = t.Documents
			*t = said
			return nil
		}, in.Version, c.Now)
	}
	if page.Mine(err) {
		return editPolicyForm(ctx, c, p, in, err)
	}
	if err != nil {
		return page.Back(record.PolicyPath(in.ID), err)
	}
	return page.Done(record.PolicyPath(in.ID), "policy-saved")
}
