package fleet

import (
	"context"
	"encoding/json"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/table"
)

// Refer returns the op that holds an asset as it is, in service, to be written
// along with what refers to it: if the asset changes or goes in between, that is
// not written. What belongs with an asset is in the partition of the op's key.
func (s *Service) Refer(ctx context.Context, workspace, id string) (table.Op, error) {
	a, err := s.load(ctx, workspace, id)
	if err == nil {
		err = a.inService()
	}
	if err != nil {
		return table.Op{}, err
	}
	if !a.Closing {
		return table.Check(assetKey(workspace, id), a.Version), nil
	}
	a.Closing = false // and whoever closed it to delete it has lost
	doc, err := json.Marshal(a)
	return a.put(a.Version, doc), err
}

// close marks a, so that from then on nobody refers to it without being seen. It
// is one version further on then, of which nothing is told.
func (s *Service) close(ctx context.Context, a *Asset) error {
	a.Closing = true
	doc, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, a.put(a.Version, doc))
}

// StatusWith is the status of a that its calendar says is doing something:
// reserved, on_booking, overdue_return or in_maintenance; empty if it is free.
// Who has it counts before whether it may be booked; a reservation does not.
func (a *Asset) StatusWith(doing string) Status {
	s := a.Status()
	if s == Archived || doing == "" || s == Unavailable && Status(doing) == Reserved {
		return s
	}
	return Status(doing)
}

// Timeline returns a page of everything that happened to an asset, newest first:
// to the asset itself, and to what refers to it and has its audit entries there.
func (s *Service) Timeline(ctx context.Context, actor access.Actor, id, cursor string, limit int) ([]audit.Entry, string, error) {
	if _, err := s.Find(ctx, actor, id); err != nil {
		return nil, "", err
	}
	return s.Audit.Of(ctx, actor.Workspace, assetPK(actor.Workspace, id), cursor, limit)
}
