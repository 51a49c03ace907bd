package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/insurance"
)

// InsuranceClaimEdit is the form that changes a claim.
var InsuranceClaimEdit = api.Route{
	Name:    "console.insurance_claim_edit",
	Method:  http.MethodGet,
	Path:    "/insurance-claims/{id}/edit",
	Summary: "The form that changes a claim",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceClaimEdit),
}

func insuranceClaimEdit(ctx context.Context, c *api.Call, in insuranceEditInput) (api.Answer, error) {
	claim, err := c.Insurance.ClaimOf(ctx, c.Actor, in.ID)
	if err != nil {
		return api.Answer{}, err
	}
	return editClaimForm(ctx, c, claim, claimFieldsOf(claim), nil)
}

func editClaimForm(ctx context.Context, c *api.Call, claim *insurance.Claim, in claimFields, because error) (api.Answer, error) {
	crumbs := []look.Link{toPolicies, toClaims, {Text: claim.Line(), To: record.ClaimPath(claim.ID)}}
	return claimForm(ctx, c, in, because, look.Frame{Title: "Edit claim", Crumbs: crumbs}, "Save")
}
