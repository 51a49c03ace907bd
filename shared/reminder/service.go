package reminder

import (
	"context"
	"errors"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table    table.Table
	NewID    ident.Source
	Events   *outbox.Service
	Audit    *audit.Service
	Vehicles Vehicles
	Odometer Odometer // nil: distances are unknown
	Today    func(ctx context.Context, workspace string, at time.Time) (span.Date, error)
	Jobs     Jobs     // long work, in pages
	Workshop Workshop // nil: no window is planned
	Desk     Desk     // nil: no task is made
	Letters  Letters  // nil: nobody is written to
	Users    Users    // nil: assignees are not looked up
}

// Vehicles knows the fleet.
type Vehicles interface {
	// Seen returns fault.NotFound unless the actor may see the asset.
	Seen(ctx context.Context, actor access.Actor, asset string) error
	// Refer returns a check that the asset is in service.
	Refer(ctx context.Context, workspace, asset string) (table.Op, error)
	// Ends returns the last days of the registration of the asset and of its
	// warranty; zero days where they are not known.
	Ends(ctx context.Context, workspace, asset string) (registration, warranty span.Date, err error)
	// Among reports whether the asset is in one of the categories or in a
	// subcategory of one.
	Among(ctx context.Context, workspace, asset string, categories []string) (bool, error)
	// Page returns some of the assets in service and the cursor of the next.
	Page(ctx context.Context, workspace, cursor string, limit int) (assets []string, next string, err error)
}

// Odometer knows how far assets have been driven.
type Odometer interface {
	// Estimate is what the odometer says now, as far as is known; nil if nothing is.
	Estimate(ctx context.Context, workspace, asset string, at time.Time) (*Mileage, error)
}

// Jobs takes work that is too long for a request; RunJob does it.
type Jobs interface {
	Send(ctx context.Context, msgs ...queue.Message) error
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

// Schedule adds a reminder, in the state that it is in already.
func (s *Service) Schedule(ctx context.Context, actor access.Actor, asset string, d Details, at time.Time) (*Reminder, error) {
	id := s.NewID("rem")
	if _, err := schedule(id, actor.Workspace, asset, "", d, at); err != nil {
		return nil, err
	}
	if err := s.Vehicles.Seen(ctx, actor, asset); fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Invalid, "service_reminder.asset", "There is no such asset here. Give its id: ast_…").At("asset")
	} else if err != nil {
		return nil, err
	}
	if err := s.known(ctx, actor.Workspace, nil, d.Assignees); err != nil {
		return nil, err
	}
	is, err := s.driven(ctx, actor.Workspace, asset, d, at)
	if err != nil {
		return nil, err
	}
	var r *Reminder
	return r, table.Again(ctx, tries, func() (err error) {
		refer, err := s.Vehicles.Refer(ctx, actor.Workspace, asset)
		if err != nil {
			return err
		}
		if r, err = schedule(id, actor.Workspace, asset, "", d, at); err != nil {
			return err
		}
		r.said(Details{}, is)
		return s.save(ctx, actor, at, []table.Op{refer}, r)
	})
}

// Reminder returns the reminder with this id, if its asset is the actor's to see.
func (s *Service) Reminder(ctx context.Context, actor access.Actor, id string) (*Reminder, error) {
	r, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	if err := s.Vehicles.Seen(ctx, actor, r.Asset); fault.KindOf(err) == fault.NotFound {
		return nil, noSuchReminder()
	} else if err != nil {
		return nil, err
	}
	return r, nil
}

// Edit changes what is said of a reminder. edit may be called again if somebody
// else changes the reminder meanwhile, unless ifVersion names the version that
// it is meant for; zero means any.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, edit func(*Details) error, ifVersion int64, at time.Time) (*Reminder, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(r *Reminder, _ span.Date) (*Reminder, error) {
		d := r.Details
		d.Assignees = slices.Clone(d.Assignees)
		if err := edit(&d); err != nil {
			return nil, err
		}
		before := r.Details
		if err := r.Describe(d, at); err != nil {
			return nil, err
		}
		is, err := s.driven(ctx, r.Workspace, r.Asset, d, at)
		if err != nil {
			return nil, err
		}
		r.said(before, is)
		return nil, s.known(ctx, actor.Workspace, before.Assignees, r.Assignees)
	})
}

// Complete says that it was done, and schedules the next one where it recurs.
// A zero day is today, and an odometer that is not given is what it shows now,
// as far as is known.
func (s *Service) Complete(ctx context.Context, actor access.Actor, id string, d Done, ifVersion int64, at time.Time) (*Reminder, error) {
	next := s.NewID("rem")
	return s.change(ctx, actor, id, ifVersion, at, func(r *Reminder, today span.Date) (_ *Reminder, err error) {
		done := d
		if done.On.IsZero() {
			done.On = today
		}
		is, err := s.driven(ctx, r.Workspace, r.Asset, r.Details, at)
		if err != nil {
			return nil, err
		}
		if done.Odometer == nil && r.IntervalDistance > 0 && is != nil {
			done.Odometer = &is.Shown
		}
		follows, err := r.End(Completed, done, today, next, at)
		if follows != nil {
			follows.said(Details{}, is)
		}
		return follows, err
	})
}

// Skip says that it will not be done this time, and schedules the next one where
// it recurs.
func (s *Service) Skip(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Reminder, error) {
	next := s.NewID("rem")
	return s.change(ctx, actor, id, ifVersion, at, func(r *Reminder, today span.Date) (*Reminder, error) {
		return r.End(Skipped, Done{}, today, next, at)
	})
}

func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time, verb func(*Reminder, span.Date) (*Reminder, error)) (r *Reminder, err error) {
	err = table.Again(ctx, tries, func() error {
		if r, err = s.Reminder(ctx, actor, id); err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != r.Version {
			return fault.New(fault.Stale, "service_reminder.stale", "This reminder has changed: it is at version %d, not %d. Load it again and decide anew.", r.Version, ifVersion)
		}
		today, err := s.Today(ctx, actor.Workspace, at)
		if err != nil {
			return err
		}
		next, err := verb(r, today)
		if err != nil || len(r.news) == 0 {
			return err
		}
		if next == nil {
			return s.save(ctx, actor, at, nil, r)
		}
		return s.save(ctx, actor, at, nil, r, next)
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Remind looks at every reminder of a workspace that has to be looked at by
// today, and tells what is due. To do it again, or a day late, is no harm. It
// ends early, and goes on the next time, when ctx does.
func (s *Service) Remind(ctx context.Context, workspace string, at time.Time) error {
	today, err := s.Today(ctx, workspace, at)
	if err != nil {
		return err
	}
	var failed []error
	for q := (table.Query{PK: lookPK(workspace), To: today.String() + "~", Index: true, Limit: table.MaxPage}); ; {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			if err := s.look(ctx, workspace, unquoted(it), today, at); err != nil {
				failed = append(failed, err)
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
		if q.After = page.Next; q.After == "" {
			return errors.Join(failed...)
		}
	}
}

// Driven looks at the reminders of one asset, whose odometer was just read.
func (s *Service) Driven(ctx context.Context, workspace, asset string, at time.Time) error {
	today, err := s.Today(ctx, workspace, at)
	if err != nil {
		return err
	}
	for q := (table.Query{PK: assetPK(workspace, asset), Prefix: pointerPrefix, Limit: table.MaxPage}); ; {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			if err := s.look(ctx, workspace, unquoted(it), today, at); err != nil {
				return err
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}

// look brings one reminder up to today, and sees to it that it is looked at
// again when it has to be.
func (s *Service) look(ctx context.Context, workspace, id string, today span.Date, at time.Time) error {
	return table.Again(ctx, tries, func() error {
		r, err := s.load(ctx, workspace, id)
		if err != nil || !r.Pending() {
			return err
		}
		is, err := s.driven(ctx, workspace, r.Asset, r.Details, at)
		if err != nil {
			return err
		}
		based := r.base(is, at)
		if r.Look(today, is, at) || based {
			refer, err := s.Vehicles.Refer(ctx, workspace, r.Asset)
			if k := fault.KindOf(err); err != nil && (k == fault.Conflict || k == fault.NotFound) {
				return s.forget(ctx, workspace, id) // it has left the fleet
			} else if err != nil {
				return err
			}
			also, err := s.follow(ctx, r, today, at)
			if err != nil {
				return err
			}
			return s.save(ctx, access.System(workspace), at, append(also, refer), r)
		}
		ops, err := s.again(ctx, r, today)
		if err != nil || len(ops) == 0 {
			return err
		}
		return s.Table.Write(ctx, ops...)
	})
}

// driven is what an asset's odometer says, estimated if need be, where d asks for it.
func (s *Service) driven(ctx context.Context, workspace, asset string, d Details, at time.Time) (*Mileage, error) {
	_, metres := d.due()
	if s.Odometer == nil || metres == nil && d.IntervalDistance == 0 {
		return nil, nil
	}
	return s.Odometer.Estimate(ctx, workspace, asset, at)
}

// forget has a reminder looked at no more.
func (s *Service) forget(ctx context.Context, workspace, id string) error {
	it, err := s.Table.Get(ctx, lookKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, table.Delete(it.Key, it.Version))
}
