package insurance

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetPolicy shows one policy.
var GetPolicy = api.Route{
	Name:    "insurance.get_policy",
	Method:  http.MethodGet,
	Path:    "/v1/insurance-policies/{id}",
	Summary: "Get an insurance policy",
	Allow:   access.ViewExpenses,
	Faults:  []string{"insurance_policy.not_found"},
	Handle:  rest.JSON(getPolicy),
}

func getPolicy(ctx context.Context, c *api.Call, in byID) (policyView, error) {
	p, err := c.Insurance.Policy(ctx, c.Actor, in.ID)
	return policyOf(ctx, c, p, err)
}
