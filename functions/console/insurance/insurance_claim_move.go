package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
	"motorpool/shared/insurance"
)

// InsuranceClaimMove takes a claim to another state.
var InsuranceClaimMove = api.Route{
	Name:    "console.insurance_claim_move",
	Method:  http.MethodPost,
	Path:    "/insurance-claims/{id}/move",
	Summary: "Move a claim",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceClaimMove),
}

type insuranceClaimMoveInput struct {
	ID      string `path:"id"`
	To      string `form:"to"`
	Settled string `form:"settled"`
}

func insuranceClaimMove(ctx context.Context, c *api.Call, in insuranceClaimMoveInput) (api.Answer, error) {
	bad := fault.New(fault.Invalid, "insurance_claim.settled", "Give what the insurer paid, for example AUD 3400.00.")
	paid := page.Amount(in.Settled, "settled", bad)
	if len(bad.Fields) > 0 {
		return page.Back(record.ClaimPath(in.ID), bad)
	}
	if _, err := c.Insurance.MoveClaim(ctx, c.Actor, in.ID, insurance.Stage(in.To), insurance.Paid(paid), 0, c.Now); err != nil {
		return page.Back(record.ClaimPath(in.ID), err)
	}
	return page.Done(record.ClaimPath(in.ID), "claim-moved")
}
