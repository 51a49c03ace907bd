package insurance

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/insurance"
)

// OpenClaim begins a claim.
var OpenClaim = api.Route{
	Name:    "insurance.open_claim",
	Method:  http.MethodPost,
	Path:    "/v1/insurance-claims",
	Summary: "Open an insurance claim",
	About:   "On a policy that covered the asset on the day it happened. Raises `insurance_claim.opened`.",
	Allow:   access.EditExpenses,
	Status:  http.StatusCreated,
	Faults:  []string{"insurance_claim.asset", "insurance_claim.policy", "asset.archived", "insurance_claim.incident_on", "insurance_claim.issue", "insurance_claim.booking", "insurance_claim.settled", "insurance.documents"},
	Handle:  rest.JSON(openClaim),
}

type openClaimInput struct {
	Body struct {
		Policy string `json:"policy" example:"pol_01k9x3v7q2m8r4t6w0y5z1a3b5"`
		Asset  string `json:"asset" example:"ast_01k9x3v7q2m8r4t6w0y5z1a3b5"`
		insurance.Story
	}
}

func openClaim(ctx context.Context, c *api.Call, in openClaimInput) (claimView, error) {
	claim, err := c.Insurance.Claim(ctx, c.Actor, in.Body.Policy, in.Body.Asset, in.Body.Story, c.Now)
	return claimOf(claim), err
}
