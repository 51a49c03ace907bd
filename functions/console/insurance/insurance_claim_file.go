package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// InsuranceClaimFile leads to one of a claim's documents, for some minutes.
var InsuranceClaimFile = api.Route{
	Name:    "console.insurance_claim_file",
	Method:  http.MethodGet,
	Path:    "/insurance-claims/{id}/documents/{attachment}",
	Summary: "A claim's document",
	Allow:   access.ViewExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceClaimFile),
}

type insuranceClaimFileInput struct {
	ID         string `path:"id"`
	Attachment string `path:"attachment"`
}

func insuranceClaimFile(ctx context.Context, c *api.Call, in insuranceClaimFileInput) (api.Answer, error) {
	url, err := c.Insurance.ClaimFile(ctx, c.Actor, in.ID, in.Attachment)
	if err != nil {
		return page.Back(record.ClaimPath(in.ID), err)
	}
	return api.Redirect(url), nil
}
