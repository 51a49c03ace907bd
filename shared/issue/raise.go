package issue

import (
	"context"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/sequence"
	"motorpool/shared/table"
)

// Found is what an inspection found wrong.
type Found struct {
	Asset, Inspection string
	Details
}

// Raise is Report for another noun's write: an inspection that finds something
// wrong puts these ops into the write that completes it. The asset is for the
// asker to hold. A number that is taken for a write which fails stays unused.
// Its photos are evidence and stay the inspection's.
func (s *Service) Raise(ctx context.Context, actor access.Actor, f Found, at time.Time) (*Issue, []table.Op, error) {
	i, err := report(s.NewID("iss"), actor.Workspace, f.Asset, f.Details, at)
	if err != nil {
		return nil, nil, err
	}
	i.Inspection, i.Lent = f.Inspection, slices.Clone(i.Photos)
	n, err := s.Numbers.Next(ctx, actor.Workspace, "issue")
	if err != nil {
		return nil, nil, err
	}
	i.Number = sequence.Format("IS", n)
	ops, err := s.ops(ctx, actor, i, at)
	return i, ops, err
}
