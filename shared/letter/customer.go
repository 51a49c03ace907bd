package letter

import (
	"context"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// To returns the letters that were written to a customer at an address and are
// still kept, oldest first and without their links.
func (s *Service) To(ctx context.Context, workspace, email string) (all []Letter, err error) {
	err = s.eachTo(ctx, workspace, email, func(r record) error {
		all = append(all, r.Letter)
		return nil
	})
	return all, err
}

// Forget removes the letters to a customer at an address. What still waits is not
// sent any more. One that is being sent at this moment is tried again, and so may
// arrive; it is not kept either. It may be called again.
func (s *Service) Forget(ctx context.Context, workspace, email string) error {
	return s.eachTo(ctx, workspace, email, func(r record) error {
		return table.Again(ctx, 8, func() error {
			it, err := s.Table.Get(ctx, r.key)
			if err != nil {
				return gone(err)
			}
			return s.Table.Write(ctx, table.Delete(r.key, it.Version))
		})
	})
}

func (s *Service) eachTo(ctx context.Context, workspace, email string, do func(record) error) error {
	q := table.Query{PK: toPK(workspace, email), Index: true, Limit: table.MaxPage}
	for {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			r, err := read(it)
			if err == nil {
				err = do(r)
			}
			if err != nil {
				return err
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// gone is nil for what is not there.
func gone(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	return err
}
