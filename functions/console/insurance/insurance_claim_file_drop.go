package insurance

import (
	"context"
	"net/http"
	"slices"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/insurance"
)

// InsuranceClaimFileDrop takes a document off a claim.
var InsuranceClaimFileDrop = api.Route{
	Name:    "console.insurance_claim_file_drop",
	Method:  http.MethodPost,
	Path:    "/insurance-claims/{id}/documents/{attachment}/drop",
	Summary: "Remove a document of a claim",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceClaimFileDrop),
}

func insuranceClaimFileDrop(ctx context.Context, c *api.Call, in insuranceClaimFileInput) (api.Answer, error) {
	_, err := c.Insurance.EditClaim(ctx, c.Actor, in.ID, func(t *insurance.Story) error {
		t.Documents = slices.DeleteFunc(t.Documents, func(id string) bool { return id == in.Attachment })
		return nil
	}, 0, c.Now)
	if err != nil {
		return page.Back(record.ClaimPath(in.ID), err)
	}
	return page.Done(record.ClaimPath(in.ID), "claim-file-removed")
}
