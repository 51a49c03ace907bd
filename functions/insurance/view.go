package insurance

import (
	"context"

	"motorpool/events"
	"motorpool/shared/api"
	"motorpool/shared/insurance"
)

// byID is the input of a route about one thing.
type byID struct {
	ID string `path:"id"`
}

// policyView is a policy as answers show it: the object of its events, and what
// was noted.
type policyView struct {
	events.InsurancePolicy
	Notes string `json:"notes,omitempty"`
}

// ETagVersion makes the ETag.
func (v policyView) ETagVersion() int64 { return v.Version }

func policyOf(ctx context.Context, c *api.Call, p *insurance.Policy, err error) (policyView, error) {
	if err != nil {
		return policyView{}, err
	}
	today, err := c.Insurance.Today(ctx, c.Actor.Workspace, c.Now)
	return policyView{p.Object(today), p.Notes}, err
}

// claimView is a claim as answers show it: the object of its events, and what
// events leave out.
type claimView struct {
	events.InsuranceClaim
	Place       string `json:"place,omitempty"`
	Description string `json:"description,omitempty"`
	OtherParty  string `json:"other_party,omitempty"`
}

// ETagVersion makes the ETag.
func (v claimView) ETagVersion() int64 { return v.Version }

func claimOf(c *insurance.Claim) claimView {
	if c == nil {
		return claimView{}
	}
	return claimView{c.Object(), c.Place, c.Description, c.OtherParty}
}
