package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// InsuranceNew is the form that adds a policy.
var InsuranceNew = api.Route{
	Name:    "console.insurance_new",
	Method:  http.MethodGet,
	Path:    "/insurance/new",
	Summary: "The form that adds a policy",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceNew),
}

type insuranceNewInput struct {
	Asset string `query:"asset"`
}

func insuranceNew(ctx context.Context, c *api.Call, in insuranceNewInput) (api.Answer, error) {
	var filled policyFields
	if in.Asset != "" {
		if err := c.Fleet.Seen(ctx, c.Actor, in.Asset); err != nil {
			return api.Answer{}, err
		}
		name, err := callOf(ctx, c, in.Asset)
		if err != nil {
			return api.Answer{}, err
		}
		filled.Assets = name
	}
	return newPolicyForm(ctx, c, filled, nil)
}

func newPolicyForm(ctx context.Context, c *api.Call, in policyFields, because error) (api.Answer, error) {
	return policyForm(ctx, c, in, because, look.Frame{Title: "Add a policy", Crumbs: []look.Link{toPolicies}}, "Add policy")
}
