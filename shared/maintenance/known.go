package maintenance

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

// known returns fault.Invalid if what w newly names is not there, or is of
// another asset: whoever asks learns nothing of what is not theirs.
func (s *Service) known(ctx context.Context, w *Window) error {
	if s.Related == nil {
		return nil
	}
	was := &Window{}
	if w.was != nil {
		was = w.was
	}
	for _, to := range []struct{ field, noun, prefix, had, has string }{
		{"issue", "issue", "iss", was.Issue, w.Issue},
		{"reminder", "service reminder", "rem", was.Reminder, w.Reminder},
	} {
		if to.has == "" || to.has == to.had {
			continue
		}
		asset, err := s.Related.AssetOf(ctx, w.Workspace, to.has)
		if fault.KindOf(err) == fault.NotFound || err == nil && asset != w.Asset {
			return fault.New(fault.Invalid, "maintenance_window."+to.field, "This asset has no such %s. Give its id: %s_…", to.noun, to.prefix).At(to.field)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
