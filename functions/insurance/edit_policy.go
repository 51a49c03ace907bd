package insurance

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/insurance"
)

// EditPolicy changes what is said of a policy.
var EditPolicy = api.Route{
	Name:    "insurance.edit_policy",
	Method:  http.MethodPatch,
	Path:    "/v1/insurance-policies/{id}",
	Summary: "Edit an insurance policy",
	About:   "The body is a JSON merge patch (RFC 7396). A renewal is another last day. Raises `insurance_policy.updated`; nothing if nothing changed.",
	Allow:   access.EditExpenses,
	Faults:  []string{"insurance_policy.not_found", "insurance_policy.stale", "insurance_policy.cancelled", "asset.archived", "insurance_policy.insurer", "insurance_policy.number", "insurance_policy.kind", "insurance_policy.assets", "insurance_policy.whole_fleet", "insurance_policy.frequency", "insurance_policy.start", "insurance_policy.end", "insurance.documents"},
	Handle:  rest.JSON(editPolicy),
}

type editPolicyInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[insurance.Terms]
}

func editPolicy(ctx context.Context, c *api.Call, in editPolicyInput) (policyView, error) {
	version, err := in.Version()
	if err != nil {
		return policyView{}, err
	}
	p, err := c.Insurance.EditPolicy(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return policyOf(ctx, c, p, err)
}
