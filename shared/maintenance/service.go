package maintenance

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/calendar"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table    table.Table
	NewID    ident.Source
	Events   *outbox.Service
	Audit    *audit.Service
	Vehicles Vehicles
	Calendar Calendar
	Related  Related // nil: what windows name is not looked up
}

// Vehicles knows the fleet.
type Vehicles interface {
	// Seen returns fault.NotFound unless the actor may see the asset.
	Seen(ctx context.Context, actor access.Actor, asset string) error
	// Refer returns a check that the asset is in service.
	Refer(ctx context.Context, workspace, asset string) (table.Op, error)
}

// Calendar holds assets for periods, and nothing twice.
type Calendar interface {
	Hold(ctx context.Context, workspace, asset string, h calendar.Hold, at time.Time) (table.Op, error)
	Release(ctx context.Context, workspace, asset, id string, at time.Time) (table.Op, error)
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

// Plan blocks an asset for some time. What is in the way must be named in
// acknowledged; if anything else is, it returns *calendar.Taken.
func (s *Service) Plan(ctx context.Context, actor access.Actor, asset string, d Details, acknowledged []string, at time.Time) (*Window, error) {
	w, err := plan(s.NewID("mtw"), actor.Workspace, asset, d, at)
	if err != nil {
		return nil, err
	}
	if err := s.seen(ctx, actor, asset); err != nil {
		return nil, err
	}
	if err := s.known(ctx, w); err != nil {
		return nil, err
	}
	w.Acknowledged = acknowledged
	w.tell(at)
	return w, table.Again(ctx, tries, func() error {
		refer, err := s.Vehicles.Refer(ctx, actor.Workspace, asset)
		if err != nil {
			return err
		}
		return s.save(ctx, actor, w, at, refer)
	})
}

// PlanOps returns a window and the ops that plan it, for the write of another
// noun, which holds the asset itself. It returns *calendar.Taken if anything is
// in the way.
func (s *Service) PlanOps(ctx context.Context, actor access.Actor, asset string, d Details, at time.Time) (*Window, []table.Op, error) {
	w, err := plan(s.NewID("mtw"), actor.Workspace, asset, d, at)
	if err != nil {
		return nil, nil, err
	}
	ops, err := s.ops(ctx, actor, w, at)
	return w, ops, err
}

// seen is fault.Invalid, and names the field, where the asset of a new window is
// not there for the actor.
func (s *Service) seen(ctx context.Context, actor access.Actor, asset string) error {
	err := s.Vehicles.Seen(ctx, actor, asset)
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.Invalid, "maintenance_window.asset", "There is no such asset here. Give its id: ast_…").At("asset")
	}
	return err
}

// Window returns the window with this id, if its asset is the actor's to see.
func (s *Service) Window(ctx context.Context, actor access.Actor, id string) (*Window, error) {
	w, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	if err := s.Vehicles.Seen(ctx, actor, w.Asset); fault.KindOf(err) == fault.NotFound {
		return nil, noSuchWindow()
	} else if err != nil {
		return nil, err
	}
	return w, nil
}

// Edit changes what is said of a window, or moves it, over what is named in
// acknowledged or was before. edit may be called again if somebody else changes
// the window meanwhile, unless ifVersion names the version that it is meant for.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, edit func(*Details) error, acknowledged []string, ifVersion int64, at time.Time) (*Window, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(w *Window) error {
		d := w.Details
		if err := edit(&d); err != nil {
			return err
		}
		w.acknowledge(acknowledged)
		if err := w.Describe(d); err != nil {
			return err
		}
		return s.known(ctx, w)
	})
}

// Start says that the work on the asset has begun.
func (s *Service) Start(ctx context.Context, actor access.Actor, id string, acknowledged []string, ifVersion int64, at time.Time) (*Window, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(w *Window) error {
		w.acknowledge(acknowledged)
		return w.Start(at)
	})
}

// Complete says that the work is done. What is left of the window's time is free.
func (s *Service) Complete(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Window, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(w *Window) error { return w.End(Completed, at) })
}

// Cancel says that the work will not be done. What is left of the window's time
// is free.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Window, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(w *Window) error { return w.End(Cancelled, at) })
}

func (w *Window) acknowledge(ids []string) {
	w.Acknowledged = append(w.Acknowledged[:len(w.Acknowledged):len(w.Acknowledged)], ids...)
}

func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time, verb func(*Window) error) (w *Window, err error) {
	err = table.Again(ctx, tries, func() error {
		if w, err = s.Window(ctx, actor, id); err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != w.Version {
			return fault.New(fault.Stale, "maintenance_window.stale", "This window has changed: it is at version %d, not %d. Load it again and decide anew.", w.Version, ifVersion)
		}
		if err := verb(w); err != nil {
			return err
		}
		return s.save(ctx, actor, w, at)
	})
	if err != nil {
		return nil, err
	}
	return w, nil
}
