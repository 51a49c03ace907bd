package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// InsuranceClaimSave changes what is said of a claim.
var InsuranceClaimSave = api.Route{
	Name:    "console.insurance_claim_save",
	Method:  http.MethodPost,
	Path:    "/insurance-claims/{id}",
	Summary: "Change a claim",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceClaimSave),
}

func insuranceClaimSave(ctx context.Context, c *api.Call, in claimFields) (api.Answer, error) {
	claim, err := c.Insurance.ClaimOf(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	_, err = c.Insurance.EditClaim(ctx, c.Actor, in.ID, in.story, in.Version, c.Now)
	if page.Mine(err) {
		in.asset = claim.Asset
		return editClaimForm(ctx, c, claim, in, err)
	}
	if err != nil {
		return page.Back(record.ClaimPath(in.ID), err)
	}
	return page.Done(record.ClaimPath(in.ID), "claim-saved")
}
