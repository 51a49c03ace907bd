package insurance

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/insurance"
)

// ListClaims shows claims, a page at a time.
var ListClaims = api.Route{
	Name:    "insurance.list_claims",
	Method:  http.MethodGet,
	Path:    "/v1/insurance-claims",
	Summary: "List insurance claims",
	About:   "Newest first.",
	Allow:   access.ViewExpenses,
	Faults:  []string{"asset.not_found", "cursor.invalid"},
	Handle:  rest.JSON(listClaims),
}

type listClaimsInput struct {
	api.Paging
	Asset  string `query:"asset"`
	Policy string `query:"policy"`
	State  string `query:"state" enum:"open,lodged,approved,declined,settled,closed,withdrawn"`
}

func listClaims(ctx context.Context, c *api.Call, in listClaimsInput) (api.List[claimView], error) {
	page, next, err := c.Insurance.Claims(ctx, c.Actor, insurance.Filter{Asset: in.Asset, Policy: in.Policy, Stage: insurance.Stage(in.State)}, in.Cursor, in.Limit)
	out := make([]claimView, len(page))
	for i, claim := range page {
		out[i] = claimOf(claim)
	}
	return api.ListOf(out, next), err
}
