package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/look"
	"motorpool/functions/console/page"
	"motorpool/shared/access"
	"motorpool/shared/api"
)

// InsuranceClaimNew is the form that opens a claim.
var InsuranceClaimNew = api.Route{
	Name:    "console.insurance_claim_new",
	Method:  http.MethodGet,
	Path:    "/insurance-claims/new",
	Summary: "The form that opens a claim",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceClaimNew),
}

type insuranceClaimNewInput struct {
	Policy string `query:"policy"`
	Asset  string `query:"asset"`
	Issue  string `query:"issue"`
}

func insuranceClaimNew(ctx context.Context, c *api.Call, in insuranceClaimNewInput) (api.Answer, error) {
	today, err := c.Insurance.Today(ctx, c.Actor.Workspace, c.Now)
	if err != nil {
		return api.Answer{}, err
	}
	filled := claimFields{Policy: in.Policy, Issue: in.Issue, IncidentOn: today.String()}
	if in.Asset != "" {
		if err := c.Fleet.Seen(ctx, c.Actor, in.Asset); err != nil {
			return api.Answer{}, err
		}
		if filled.Vehicle, err = callOf(ctx, c, in.Asset); err != nil {
			return api.Answer{}, err
		}
		filled.asset = in.Asset
	}
	return newClaimForm(ctx, c, filled, nil)
}

func newClaimForm(ctx context.Context, c *api.Call, in claimFields, because error) (api.Answer, error) {
	return claimForm(ctx, c, in, because, look.Frame{Title: "Open a claim", Crumbs: []look.Link{toPolicies, toClaims}}, "Open claim")
}
