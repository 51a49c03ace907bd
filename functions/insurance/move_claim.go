package insurance

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/insurance"
	"motorpool/shared/money"
)

// MoveClaim takes a claim to another state.
var MoveClaim = api.Route{
	Name:    "insurance.move_claim",
	Method:  http.MethodPost,
	Path:    "/v1/insurance-claims/{id}/state",
	Summary: "Move an insurance claim",
	About:   "open → lodged → approved → settled → closed. A lodged claim may be declined, and a declined one lodged again or closed; it can be withdrawn until it is settled. A settled claim says what the insurer paid, here or before. Raises `insurance_claim.lodged`, `approved`, `declined`, `settled`, `closed` or `withdrawn`.",
	Allow:   access.EditExpenses,
	Faults:  []string{"insurance_claim.not_found", "insurance_claim.stale", "insurance_claim.settled", "insurance_claim.open", "insurance_claim.lodged", "insurance_claim.approved", "insurance_claim.declined", "insurance_claim.closed", "insurance_claim.withdrawn"},
	Handle:  rest.JSON(moveClaim),
}

type moveClaimInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body struct {
		State   insurance.Stage `json:"state" enum:"lodged,approved,declined,settled,closed,withdrawn"`
		Settled money.Amount    `json:"settled,omitzero" doc:"What the insurer paid"`
	}
}

func moveClaim(ctx context.Context, c *api.Call, in moveClaimInput) (claimView, error) {
	version, err := in.Version()
	if err != nil {
		return claimView{}, err
	}
	claim, err := c.Insurance.MoveClaim(ctx, c.Actor, in.ID, in.Body.State, insurance.Paid(in.Body.Settled), version, c.Now)
	return claimOf(claim), err
}
