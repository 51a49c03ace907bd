package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/insurance"
)

// InsuranceClaimFileAdd makes uploads documents of a claim.
var InsuranceClaimFileAdd = api.Route{
	Name:    "console.insurance_claim_file_add",
	Method:  http.MethodPost,
	Path:    "/insurance-claims/{id}/documents",
	Summary: "Add uploaded documents to a claim",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceClaimFileAdd),
}

type insuranceClaimFileAddInput struct {
	ID   string   `path:"id"`
	File []string `form:"file"`
}

func insuranceClaimFileAdd(ctx context.Context, c *api.Call, in insuranceClaimFileAddInput) (api.Answer, error) {
	_, err := c.Insurance.EditClaim(ctx, c.Actor, in.ID, func(t *insurance.Story) error {
		t.Documents = append(t.Documents, in.File...)
		return nil
	}, 0, c.Now)
	if err != nil {
		return page.Back(record.ClaimPath(in.ID), err)
	}
	return page.Done(record.ClaimPath(in.ID), "claim-file")
}
