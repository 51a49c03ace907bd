package inspection

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/sequence"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table    table.Table
	NewID    ident.Source
	NewToken func() string // of links: ident.Secret
	Events   *outbox.Service
	Audit    *audit.Service
	Numbers  *sequence.Service
	Vehicles Vehicles
	Odometer Odometers
	Issues   Issues
	Files    Files   // nil: none are taken, and no report is made
	Letters  Letters // nil: nobody is written to
	Printer  Printer // nil: no report is made
	Operator func(ctx context.Context, workspace string) (name string, zone *time.Location, err error)
	BaseURL  string // where customers reach their report: "https://app.example.com"
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

// Begin starts an inspection by the published edition of a template, or plans it.
func (s *Service) Begin(ctx context.Context, actor access.Actor, o Order, at time.Time) (*Inspection, error) {
	t, err := s.template(ctx, actor.Workspace, o.Template)
	if fault.KindOf(err) == fault.NotFound || err == nil && t.State != Published {
		return nil, fault.New(fault.Invalid, "inspection.template", "There is no published template like that. Give its id: int_…").At("template")
	} else if err != nil {
		return nil, err
	}
	e, err := s.Edition(ctx, actor.Workspace, t.ID, t.Edition)
	if err != nil {
		return nil, err
	}
	i, err := begin(s.NewID("ins"), actor, o, e, at)
	if err != nil {
		return nil, err
	}
	if _, err := s.Vehicles.Vehicle(ctx, actor, o.Asset); fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Invalid, "inspection.asset", "There is no such asset here. Give its id: ast_…").At("asset")
	} else if err != nil {
		return nil, err
	}
	n, err := s.Numbers.Next(ctx, actor.Workspace, "inspection")
	if err != nil {
		return nil, err
	}
	i.Number = sequence.Format("IN", n)
	return i, table.Again(ctx, tries, func() error {
		hold, err := s.Vehicles.Refer(ctx, actor.Workspace, o.Asset)
		if err != nil {
			return err
		}
		if err := s.remember(ctx, i); err != nil {
			return err
		}
		return s.save(ctx, actor, i, at, hold)
	})
}

// remember notes what damages are known of the asset, for the form to show.
func (s *Service) remember(ctx context.Context, i *Inspection) error {
	last, _, err := s.last(ctx, i.Workspace, i.Asset)
	if err != nil {
		return err
	}
	i.Before, i.Known = "", nil
	if last != nil {
		i.Before, i.Known = last.ID, last.damages()
	}
	return nil
}

// damages is what is known of the asset after i: what it found, or what was
// known before if it did not look for damage.
func (i *Inspection) damages() []Mark {
	if i.Looked {
		return i.Damages
	}
	return i.Known
}

// Inspection returns the one with this id, if its asset is the actor's to see.
func (s *Service) Inspection(ctx context.Context, actor access.Actor, id string) (*Inspection, error) {
	i, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	if _, err := s.Vehicles.Vehicle(ctx, actor, i.Asset); fault.KindOf(err) == fault.NotFound {
		return nil, noSuchInspection()
	} else if err != nil {
		return nil, err
	}
	return i, nil
}

// change does verb to an inspection. It may be called again if somebody else
// changes it meanwhile, unless ifVersion names the version that it is meant for;
// zero means any.
func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time, verb func(*Inspection) ([]table.Op, error)) (i *Inspection, err error) {
	err = table.Again(ctx, tries, func() error {
		if i, err = s.Inspection(ctx, actor, id); err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != i.Version {
			return fault.New(fault.Stale, "inspection.stale", "This inspection has changed: it is at version %d, not %d. Load it again and decide anew.", i.Version, ifVersion)
		}
		ops, err := verb(i)
		if err != nil {
			return err
		}
		return s.save(ctx, actor, i, at, ops...)
	})
	if err != nil {
		return nil, err
	}
	return i, nil
}

// Answer fills in some fields of an inspection that is not complete. What was
// captured earlier than what is there is passed over.
func (s *Service) Answer(ctx context.Context, actor access.Actor, id string, answers map[string]Answer, ifVersion int64, at time.Time) (*Inspection, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(i *Inspection) ([]table.Op, error) {
		e, err := s.Edition(ctx, i.Workspace, i.Template, i.Edition)
		if err != nil {
			return nil, err
		}
		if err := i.answer(e, answers, actor.ID, at); err != nil {
			return nil, err
		}
		return s.evidence(ctx, i)
	})
}

// Address changes to whom the report goes, and where it is filled in.
func (s *Service) Address(ctx context.Context, actor access.Actor, id string, who Customer, place *Place, ifVersion int64, at time.Time) (*Inspection, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(i *Inspection) ([]table.Op, error) {
		if !i.Open() && (place != nil || i.State != Complete) {
			return nil, fault.New(fault.Conflict, "inspection."+string(i.State), "This inspection is %s and can no longer be changed.", words(i.State))
		}
		c := &form.Complaints{Noun: "inspection"}
		if who.check(c); place != nil {
			i.Place = place.rounded(c)
		}
		i.Customer = who
		return nil, c.Err()
	})
}

// Amend adds a correction to a completed inspection.
func (s *Service) Amend(ctx context.Context, actor access.Actor, id, text string, photos []string, ifVersion int64, at time.Time) (*Inspection, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(i *Inspection) (ops []table.Op, err error) {
		a := Addendum{At: at, By: actor.ID, Name: actor.Name, Text: text}
		for _, id := range photos {
			a.Photos = append(a.Photos, Picture{File: id, Captured: at, Uploaded: at})
		}
		if err := i.amend(a); err != nil {
			return nil, err
		}
		last := &i.Addenda[len(i.Addenda)-1]
		for n := range last.Photos {
			op, err := s.use(ctx, i, "photos", last.Photos[n].File, "evidence")
			if err != nil {
				return nil, err
			}
			if err := s.prove(ctx, i.Workspace, &last.Photos[n]); err != nil {
				return nil, err
			}
			ops = append(ops, op)
		}
		return ops, nil
	})
}

// Settle takes down what the customer says, to a user's face: Acknowledged or Disputed.
func (s *Service) Settle(ctx context.Context, actor access.Actor, id string, to State, v Verdict, ifVersion int64, at time.Time) (*Inspection, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(i *Inspection) ([]table.Op, error) {
		v.At, v.By = at, actor.ID
		return nil, i.settle(to, v)
	})
}

// Cancel voids an inspection: it does not count any more, but can be read.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, id, reason string, ifVersion int64, at time.Time) (*Inspection, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(i *Inspection) ([]table.Op, error) {
		link := i.Link
		if err := i.cancel(Void{at, actor.ID, reason}); err != nil {
			return nil, err
		}
		return s.forget(ctx, i, link)
	})
}
