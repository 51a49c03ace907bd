package expense

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

// known returns fault.Invalid if what e newly names is not there, or is of
// another asset: whoever asks learns nothing of what is not theirs.
func (s *Service) known(ctx context.Context, e *Expense) error {
	if s.Related == nil {
		return nil
	}
	was := &Expense{}
	if e.was != nil {
		was = e.was
	}
	for _, to := range []struct{ field, noun, prefix, had, has string }{
		{"issue", "issue", "iss", was.Issue, e.Issue},
		{"maintenance", "maintenance window", "mtw", was.Maintenance, e.Maintenance},
		{"reminder", "service reminder", "rem", was.Reminder, e.Reminder},
		{"claim", "insurance claim", "clm", was.Claim, e.Claim},
	} {
		if to.has == "" || to.has == to.had {
			continue
		}
		asset, err := s.Related.AssetOf(ctx, e.Workspace, to.has)
		if fault.KindOf(err) == fault.NotFound || err == nil && asset != e.Asset {
			return fault.New(fault.Invalid, "expense."+to.field, "This asset has no such %s. Give its id: %s_…", to.noun, to.prefix).At(to.field)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
