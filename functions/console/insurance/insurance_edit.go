package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/insurance"
)

// InsuranceEdit is the form that changes a policy.
var InsuranceEdit = api.Route{
	Name:    "console.insurance_edit",
	Method:  http.MethodGet,
	Path:    "/insurance/{id}/edit",
	Summary: "The form that changes a policy",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceEdit),
}

type insuranceEditInput struct {
	ID string `path:"id"`
}

func insuranceEdit(ctx context.Context, c *api.Call, in insuranceEditInput) (api.Answer, error) {
	p, err := c.Insurance.Policy(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	filled, err := policyFieldsOf(ctx, c, p)
	if err != nil {
		return api.Answer{}, err
	}
	return editPolicyForm(ctx, c, p, filled, nil)
}

func editPolicyForm(ctx context.Context, c *api.Call, p *insurance.Policy, in policyFields, because error) (api.Answer, error) {
	crumbs := []look.Link{toPolicies, {Text: p.Line(), To: record.PolicyPath(p.ID)}}
	return policyForm(ctx, c, in, because, look.Frame{Title: "Edit policy", Crumbs: crumbs}, "Save")
}
