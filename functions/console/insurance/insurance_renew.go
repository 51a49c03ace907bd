package insurance

import (
	"context"
	"net/http"

	"motorpool/functions/console/page"
	"motorpool/functions/console/record"
	"motorpool/shared/access"
	"motorpool/shared/api"
	"motorpool/shared/fault"
)

// InsuranceRenew moves the last day of a policy to a later one.
var InsuranceRenew = api.Route{
	Name:    "console.insurance_renew",
	Method:  http.MethodPost,
	Path:    "/insurance/{id}/renew",
	Summary: "Renew a policy",
	Allow:   access.EditExpenses,
	Door:    api.SessionDoor,
	Handle:  page.Handler(insuranceRenew),
}

type insuranceRenewInput struct {
	ID      string `path:"id"`
	End     string `form:"end"`
	Premium string `form:"premium"`
	Version int64  `form:"version"`
}

func insuranceRenew(ctx context.Context, c *api.Call, in insuranceRenewInput) (api.Answer, error) {
	bad := fault.New(fault.Invalid, "insurance_policy.form", "Give a last day, and the premium as AUD 1240.00.")
	end, premium := page.Date(in.End, "end", bad), page.Amount(in.Premium, "premium", bad)
	if len(bad.Fields) > 0 {
		return page.Back(record.PolicyPath(in.ID), bad)
	}
	if _, err := c.Insurance.Renew(ctx, c.Actor, in.ID, end, premium, in.Version, c.Now); err != nil {
		return page.Back(record.PolicyPath(in.ID), err)
	}
	return page.Done(record.PolicyPath(in.ID), "policy-renewed")
}
