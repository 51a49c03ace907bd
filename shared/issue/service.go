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
	// Use returns the op by which an attachment that is ready comes to belong to by.
	Use(ctx context.Context, workspace, id, by string) (table.Op, error)
}

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
		return i.Describe(d, at)
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

// photos returns the ops by which the photos that are new come to belong to i.
func (s *Service) photos(ctx context.Context, i *Issue) (ops []table.Op, err error) {
	for _, id := range i.Photos {
		if i.was != nil && slices.Contains(i.was.Photos, id) {
			continue
		}
		if s.Attachments == nil {
			return nil, fault.New(fault.Invalid, "issue.photos", "There is no such attachment. Upload it first.").At("photos")
		}
		op, err := s.Attachments.Use(ctx, i.Workspace, id, i.ID)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}
