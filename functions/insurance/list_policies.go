package insurance

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/insurance"
)

// ListPolicies shows policies, a page at a time.
var ListPolicies = api.Route{
	Name:    "insurance.list_policies",
	Method:  http.MethodGet,
	Path:    "/v1/insurance-policies",
	Summary: "List insurance policies",
	About:   "The one that ends last first; with `asset`, those that name it, the latest added first. A policy of the whole fleet names none.",
	Allow:   access.ViewExpenses,
	Faults:  []string{"asset.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listPolicies),
}

type listPoliciesInput struct {
	api.Paging
	Asset string `query:"asset"`
	State string `query:"state" enum:"scheduled,active,expired,cancelled"`
}

func listPolicies(ctx context.Context, c *api.Call, in listPoliciesInput) (api.List[policyView], error) {
	today, err := c.Insurance.Today(ctx, c.Actor.Workspace, c.Now)
	if err != nil {
		return api.List[policyView]{}, err
	}
	page, next, err := c.Insurance.Policies(ctx, c.Actor, insurance.Filter{Asset: in.Asset, State: insurance.State(in.State), Today: today}, in.Cursor, in.Limit)
	out := make([]policyView, len(page))
	for i, p := range page {
		out[i] = policyView{p.Object(today), p.Notes}
	}
	return api.ListOf(out, next), err
}
