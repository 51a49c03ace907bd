package insurance

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/insurance"
)

// CreatePolicy adds a policy.
var CreatePolicy = api.Route{
	Name:    "insurance.create_policy",
	Method:  http.MethodPost,
	Path:    "/v1/insurance-policies",
	Summary: "Add an insurance policy",
	About:   "Whether it is in force follows from the day it is in the workspace. That it ends is told 30 and 7 days before and on the last day. Raises `insurance_policy.created`.",
	Allow:   access.EditExpenses,
	Status:  http.StatusCreated,
	Faults:  []string{"asset.archived", "insurance_policy.insurer", "insurance_policy.number", "insurance_policy.kind", "insurance_policy.assets", "insurance_policy.whole_fleet", "insurance_policy.frequency", "insurance_policy.start", "insurance_policy.end", "insurance.documents"},
	Handle:  rest.JSON(createPolicy),
}

type createPolicyInput struct {
	Body insurance.Terms
}

func createPolicy(ctx context.Context, c *api.Call, in createPolicyInput) (policyView, error) {
	p, err := c.Insurance.Insure(ctx, c.Actor, in.Body, c.Now)
	return policyOf(ctx, c, p, err)
}
