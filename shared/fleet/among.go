package fleet

import (
	"context"
	"slices"

	"motorpool/shared/span"
)

// Ends returns the last days of the registration of an asset and of its warranty;
// zero days where nobody has said.
func (s *Service) Ends(ctx context.Context, workspace, id string) (registration, warranty span.Date, err error) {
	a, err := s.load(ctx, workspace, id)
	if err != nil {
		return registration, warranty, err
	}
	return a.Registration.Expires, a.WarrantyExpires, nil
}

// Among reports whether an asset is in one of the categories, or in a subcategory
// of one.
func (s *Service) Among(ctx context.Context, workspace, id string, categories []string) (bool, error) {
	a, err := s.load(ctx, workspace, id)
	if err != nil {
		return false, err
	}
	for _, own := range a.Categories {
		if slices.Contains(categories, own) {
			return true, nil
		}
		if c, err := s.loadCategory(ctx, workspace, own); err != nil {
			return false, err
		} else if slices.Contains(categories, c.Parent) {
			return true, nil
		}
	}
	return false, nil
}

// Page returns the ids of some of the assets in service, newest first, and the
// cursor of the next page. It may lag a moment behind.
func (s *Service) Page(ctx context.Context, workspace, cursor string, limit int) (ids []string, next string, err error) {
	all := cabinet{s.Table, workspace, AssetFilter{}.drawers()}
	page, err := all.Query(ctx, all.query(cursor, limit))
	for _, it := range page.Items {
		ids = append(ids, it.Index.SK)
	}
	return ids, page.Next, err
}
