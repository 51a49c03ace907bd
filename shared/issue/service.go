package issue

import (
	"context"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/sequence"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table       table.Table
	NewID       ident.Source
	Events      *outbox.Service
	Audit       *audit.Service
	Numbers     *sequence.Service
	Vehicles    Vehicles
	Attachments Attachments // nil: there are none, and no photo is taken
	Users       Users       // nil: assignees are not looked up
}

// Vehicles knows the fleet.
type Vehicles interface {
	// Seen returns fault.NotFound unless the actor may see the asset.
	Seen(ctx context.Context, actor access.Actor, asset string) error
	// Refer returns a check that the asset is in service.
	Refer(ctx context.Context, workspace, asset string) (table.Op, error)
}

// Attachments keeps what was uploaded.
type Attachments interface {
	// Use returns the op by which an attachment that is ready, and was uploaded for
	// the purpose, comes to belong to by.
	Use(ctx context.Context, workspace, id, purpose, by string) (table.Op, error)
	// Release returns the op by which it no longer belongs to by.
	Release(ctx context.Context, workspace, id, by string) (table.Op, error)
	// Link returns an address at which it can be read for a while: a rendition of
	// so many pixels, or the whole file, which is 0.
	Link(ctx context.Context, workspace, id string, rendition int) (string, error)
}

// evidence is the purpose of what issues show: it is kept to the last bit.
const evidence = "evidence"

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

// Report says that something is wrong with an asset.
func (s *Service) Report(ctx context.Context, actor access.Actor, asset string, d Details, at time.Time) (*Issue, error) {
	i, err := report(s.NewID("iss"), actor.Workspace, asset, d, at)
	if err != nil {
		return nil, err
	}
	if err := s.Vehicles.Seen(ctx, actor, asset); fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Invalid, "issue.asset", "There is no such asset here. Give its id: ast_…").At("asset")
	} else if err != nil {
		return nil, err
	}
	if err := s.known(ctx, i); err != nil {
		return nil, err
	}
	if _, err := s.photos(ctx, i); err != nil {
		return nil, err // before a number is used up
	}
	n, err := s.Numbers.Next(ctx, actor.Workspace, "issue")
	if err != nil {
		return nil, err
	}
	i.Number = sequence.Format("IS", n)
	return i, table.Again(ctx, tries, func() error {
		refer, err := s.Vehicles.Refer(ctx, actor.Workspace, asset)
		if err != nil {
			return err
		}
		return s.save(ctx, actor, i, at, refer)
	})
}

// ReportOps returns an issue and the ops that report it, for the write of another
// noun, which holds the asset itself: a failed inspection, a task.
func (s *Service) ReportOps(ctx context.Context, actor access.Actor, asset string, d Details, at time.Time) (*Issue, []table.Op, error) {
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

// Issue returns the issue with this id, if its asset is the actor's to see.
func (s *Service) Issue(ctx context.Context, actor access.Actor, id string) (*Issue, error) {
	i, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	if err := s.Vehicles.Seen(ctx, actor, i.Asset); fault.KindOf(err) == fault.NotFound {
		return nil, noSuchIssue()
	} else if err != nil {
		return nil, err
	}
	return i, nil
}

// Edit changes what is said of an issue. edit may be called again if somebody
// else changes the issue meanwhile, unless ifVersion names the version that it
// is meant for; zero means any.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, edit func(*Details) error, ifVersion int64, at time.Time) (*Issue, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(i *Issue) error {
		d := i.Details
		if err := edit(&d); err != nil {
			return err
		}
		if err := i.Describe(d, at); err != nil {
			return err
		}
		return s.known(ctx, i)
	})
}

// Move takes an issue to another state.
func (s *Service) Move(ctx context.Context, actor access.Actor, id string, to State, ifVersion int64, at time.Time) (*Issue, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(i *Issue) error { return i.Move(to, at) })
}

func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time, verb func(*Issue) error) (i *Issue, err error) {
	err = table.Again(ctx, tries, func() error {
		if i, err = s.Issue(ctx, actor, id); err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != i.Version {
			return fault.New(fault.Stale, "issue.stale", "This issue has changed: it is at version %d, not %d. Load it again and decide anew.", i.Version, ifVersion)
		}
		if err := verb(i); err != nil {
			return err
		}
		return s.save(ctx, actor, i, at)
	})
	if err != nil {
		return nil, err
	}
	return i, nil
}

// photos returns the ops by which the photos that are new come to belong to i,
// and those that are no longer shown cease to.
func (s *Service) photos(ctx context.Context, i *Issue) (ops []table.Op, err error) {
	var had []string
	if i.was != nil {
		had = i.was.Photos
	}
	for _, id := range i.Photos {
		if slices.Contains(had, id) || slices.Contains(i.Lent, id) {
			continue
		}
		if s.Attachments == nil {
			return nil, fault.New(fault.Invalid, "issue.photos", "There is no such attachment. Upload it first.").At("photos")
		}
		op, err := s.Attachments.Use(ctx, i.Workspace, id, evidence, i.ID)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	for _, id := range had {
		if slices.Contains(i.Photos, id) || slices.Contains(i.Lent, id) || s.Attachments == nil {
			continue
		}
		op, err := s.Attachments.Release(ctx, i.Workspace, id, i.ID)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// Photo is a photo of an issue, and where it can be seen for a while.
type Photo struct{ ID, Small, Whole string }

// Photos returns the photos of an issue that the actor may see. It asks nobody:
// whoever has loaded the issue may.
func (s *Service) Photos(ctx context.Context, i *Issue) (all []Photo, err error) {
	const small = 320
	for _, id := range i.Photos {
		p := Photo{ID: id}
		if s.Attachments == nil {
			break
		}
		if p.Small, err = s.Attachments.Link(ctx, i.Workspace, id, small); err != nil {
			return nil, err
		}
		if p.Whole, err = s.Attachments.Link(ctx, i.Workspace, id, 0); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}
