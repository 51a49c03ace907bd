package odometer

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Delete takes a valid reading away; estimates begin at the one before it again.
// It is refused if an issued invoice stands on the reading.
func (s *Service) Delete(ctx context.Context, actor access.Actor, asset, id string, ifVersion int64, at time.Time) error {
	if _, err := s.Assets.Unit(ctx, actor, asset); err != nil {
		return err
	}
	return s.again(actor.Workspace, asset, func() error {
		a, r, place, err := s.valid(ctx, actor.Workspace, asset, id, ifVersion)
		if err != nil {
			return err
		}
		if err := s.uncited(ctx, r); err != nil {
			return err
		}
		prev, next, err := s.around(ctx, actor.Workspace, asset, r.ReadAt, r)
		if err != nil {
			return err
		}
		if next != nil && (prev == nil && next.Replaced || r.Replaced && !next.Replaced && next.Metres < prev.Metres) {
			return fault.New(fault.Conflict, "odometer.segment", "Later readings of a replaced cluster go on from this one. Delete those first, or supersede this one.")
		}
		total := r.Metres + a.offset(r.ReadAt)
		a.end(r)
		if err := s.connect(ctx, actor.Workspace, asset, a, prev, next); err != nil {
			return err
		}
		told, err := s.tell(ctx, actor, deleted(r, total), nil, at)
		if err != nil {
			return err
		}
		return s.Table.Write(ctx, append(told, a.op(actor.Workspace, asset),
			table.Delete(key(actor.Workspace, asset, r.sk()), r.Version), table.Delete(place.Key, place.Version))...)
	})
}

// Correction is what stands in the place of a wrong reading, at the same instant.
type Correction struct {
	Value   int64
	Note    string
	Confirm bool
}

// Supersede puts a right value into the place of a wrong one, which is kept and
// no longer counts. It returns the new reading and its total.
func (s *Service) Supersede(ctx context.Context, actor access.Actor, asset, id string, c Correction, ifVersion int64, at time.Time) (by *Reading, total int64, err error) {
	if _, err := s.Assets.Unit(ctx, actor, asset); err != nil {
		return nil, 0, err
	}
	fresh := s.NewID("odo")
	err = s.again(actor.Workspace, asset, func() error {
		a, r, place, err := s.valid(ctx, actor.Workspace, asset, id, ifVersion)
		if err != nil {
			return err
		}
		prev, next, err := s.around(ctx, actor.Workspace, asset, r.ReadAt, r)
		if err != nil {
			return err
		}
		if by, err = r.corrected(fresh, actor, c, at); err != nil {
			return err
		}
		if err := s.fits(ctx, by, prev, next, c.Confirm); err != nil {
			return err
		}
		was := view(r, r.Metres+a.offset(r.ReadAt))
		wrong := table.Delete(key(actor.Workspace, asset, r.sk()), r.Version)
		a.correct(r, by, next)
		r.State, r.SupersededBy = Superseded, by.ID
		total = by.Metres + a.offset(by.ReadAt)
		told, err := s.tell(ctx, actor, superseded(r, was, by, total), nil, at)
		if err != nil {
			return err
		}
		kept := r.op()
		kept.Item.Version = 0 // it moves to another key
		return s.Table.Write(ctx, append(told, a.op(actor.Workspace, asset), wrong, kept, r.place(place.Version), by.op(), by.place(0))...)
	})
	return by, total, err
}

func (r *Reading) corrected(id string, actor access.Actor, c Correction, at time.Time) (*Reading, error) {
	by, err := create(id, actor, r.Asset, r.Unit, Draft{Value: c.Value, ReadAt: r.ReadAt, Source: r.Source, SourceID: r.SourceID, Booking: r.Booking, Note: c.Note}, at)
	if err != nil {
		return nil, err
	}
	if by.Note == "" {
		return nil, fault.New(fault.Invalid, "odometer.note", "Say in a note what was wrong.").At("note")
	}
	by.Replaced = r.Replaced
	return by, nil
}

// valid reads a reading that counts, and where the odometer stands.
func (s *Service) valid(ctx context.Context, workspace, asset, id string, ifVersion int64) (*Account, *Reading, table.Item, error) {
	a, err := s.account(ctx, workspace, asset)
	if err != nil {
		return nil, nil, table.Item{}, err
	}
	r, place, err := s.reading(ctx, workspace, asset, id)
	switch {
	case err != nil:
	case r.State == Superseded:
		err = fault.New(fault.Conflict, "odometer.superseded", "This reading was superseded by %s and does not count.", r.SupersededBy)
	case ifVersion != 0 && ifVersion != r.Version:
		err = fault.New(fault.Stale, "odometer.stale", "This reading has changed: it is at version %d, not %d. Load it again and decide anew.", r.Version, ifVersion)
	}
	return a, r, place, err
}

func (s *Service) uncited(ctx context.Context, r *Reading) error {
	if s.Invoices == nil {
		return nil
	}
	cited, err := s.Invoices.Cites(ctx, r.Workspace, r.Asset, r.ID)
	if err == nil && cited {
		err = fault.New(fault.Conflict, "odometer.invoiced", "An issued invoice stands on this reading, so it cannot be deleted. Supersede it with the right value instead.")
	}
	return err
}
