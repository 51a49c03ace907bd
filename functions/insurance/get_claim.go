package insurance

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
)

// GetClaim shows one claim.
var GetClaim = api.Route{
	Name:    "insurance.get_claim",
	Method:  http.MethodGet,
	Path:    "/v1/insurance-claims/{id}",
	Summary: "Get an insurance claim",
	Allow:   access.ViewExpenses,
	Faults:  []string{"insurance_claim.not_found"},
	Handle:  rest.JSON(getClaim),
}

func getClaim(ctx context.Context, c *api.Call, in byID) (claimView, error) {
	claim, err := c.Insurance.ClaimOf(ctx, c.Actor, in.ID)
	return claimOf(claim), err
}
