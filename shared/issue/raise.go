package issue

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/sequence"
	"motorpool/shared/table"
)

// Raise is Report for another noun's write: an inspection that finds something
// wrong puts these ops into the write that completes it. The asset is for the
// asker to hold. A number that is taken for a write which fails stays unused.
func (s *Service) Raise(ctx context.Context, actor access.Actor, asset string, d Details, at time.Time) (*Issue, []table.Op, error) {
	i, err := report(s.NewID("iss"), actor.Workspace, asset, d, at)
	if err != nil {
		return nil, nil, err
	}
	n, err := s.Numbers.Next(ctx, actor.Workspace, "issue")
	if err != nil {
		return nil, nil, err
	}
	i.Number = sequence.Format("IS", n)
	ops, err := s.ops(ctx, actor, i, at)
	return i, ops, err
}
