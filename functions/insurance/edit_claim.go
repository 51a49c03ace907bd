package insurance

import (
	"context"
	"net/http"

	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/api/rest"
	"motorpool/shared/insurance"
)

// EditClaim changes what is said of a claim.
var EditClaim = api.Route{
	Name:    "insurance.edit_claim",
	Method:  http.MethodPatch,
	Path:    "/v1/insurance-claims/{id}",
	Summary: "Edit an insurance claim",
	About:   "The body is a JSON merge patch (RFC 7396). Policy and asset stay. Raises `insurance_claim.updated`; nothing if nothing changed.",
	Allow:   access.EditExpenses,
	Faults:  []string{"insurance_claim.not_found", "insurance_claim.stale", "insurance_claim.closed", "insurance_claim.withdrawn", "insurance_claim.incident_on", "insurance_claim.issue", "insurance_claim.booking", "insurance_claim.settled", "insurance.documents"},
	Handle:  rest.JSON(editClaim),
}

type editClaimInput struct {
	ID string `path:"id"`
	api.IfMatch
	Body rest.Patch[insurance.Story]
}

func editClaim(ctx context.Context, c *api.Call, in editClaimInput) (claimView, error) {
	version, err := in.Version()
	if err != nil {
		return claimView{}, err
	}
	claim, err := c.Insurance.EditClaim(ctx, c.Actor, in.ID, in.Body.Apply, version, c.Now)
	return claimOf(claim), err
}
