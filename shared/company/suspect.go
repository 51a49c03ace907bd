package company

import (
	"context"
	"maps"
	"slices"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/table"
)

// maxNoted is how many who are blocked are noted of one change.
const maxNoted = 10

// suspected notes in the audit log of whom c, as it is said to be now, is like and
// was not like before, among those who are blocked.
func (s *Service) suspected(ctx context.Context, actor access.Actor, c *Company) (ops []table.Op, err error) {
	if s.Blocks == nil || !c.knownAnew() {
		return nil, nil
	}
	is, err := s.Blocks.Like(ctx, c)
	if err != nil || len(is) == 0 {
		return nil, err
	}
	was := map[string][]audit.Change{}
	if c.was != nil {
		if was, err = s.Blocks.Like(ctx, c.was); err != nil {
			return nil, err
		}
	}
	for _, who := range slices.Sorted(maps.Keys(is)) {
		if _, before := was[who]; before || len(ops) == maxNoted {
			continue
		}
		op, err := s.Audit.Op(companyPK(c.Workspace, c.ID), actor, "company.matched_blocked", audit.Object{Type: "company", ID: c.ID, Name: c.TradingName}, is[who], c.Updated)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// knownAnew reports whether something by which c is known again is different.
func (c *Company) knownAnew() bool {
	return c.was == nil || c.Phone != c.was.Phone || c.Registered != c.was.Registered || c.Billing != c.was.Billing ||
		!slices.Equal(c.BillingEmails, c.was.BillingEmails)
}
