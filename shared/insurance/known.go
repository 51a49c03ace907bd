package insurance

import (
	"context"

	"motorpool/shared/fault"
)

// Related knows other records of assets.
type Related interface {
	// AssetOf returns the asset that a record of a workspace is of, and
	// fault.NotFound if there is no such record.
	AssetOf(ctx context.Context, workspace, id string) (string, error)
}

// known returns fault.Invalid if the issue that c newly names is not there, or is
// of another asset: whoever asks learns nothing of what is not theirs.
func (s *Service) known(ctx context.Context, c *Claim) error {
	if s.Related == nil || c.Issue == "" || c.was != nil && c.was.Issue == c.Issue {
		return nil
	}
	asset, err := s.Related.AssetOf(ctx, c.Workspace, c.Issue)
	if fault.KindOf(err) == fault.NotFound || err == nil && asset != c.Asset {
		return fault.New(fault.Invalid, "insurance_claim.issue", "This asset has no such issue. Give its id: iss_…").At("issue")
	}
	return err
}
