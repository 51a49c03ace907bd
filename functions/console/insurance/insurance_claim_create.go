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

// InsuranceClaimCreate opens a claim on a policy.
var InsuranceClaimCreate = api.Route{
	Name:    "console.insurance_claim_create",
	Method:  http.MethodPost,
	Path:    "/insurance-claims",
	Summary: "Open a claim",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceClaimCreate),
}

func insuranceClaimCreate(ctx context.Context, c *api.Call, in claimFields) (api.Answer, error) {
	var st insurance.Story
	err := in.story(&st)
	if err == nil {
		if in.asset, err = vehicleCalled(ctx, c, page.Trim(in.Vehicle)); fault.KindOf(err) == fault.NotFound {
			err = fault.New(fault.Invalid, "insurance_claim.asset", "There is no such vehicle here. Give its number, plate or VIN.").At("asset")
		}
	}
	if err == nil {
		var made *insurance.Claim
		if made, err = c.Insurance.Claim(ctx, c.Actor, in.Policy, in.asset, st, c.Now); err == nil {
			return page.Done(record.ClaimPath(made.ID), "claim-opened")
		}
	}
	if page.Mine(err) {
		return newClaimForm(ctx, c, in, err)
	}
	return api.Answer{}, err
}
