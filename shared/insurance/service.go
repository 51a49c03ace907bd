package insurance

import (
	"context"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/money"
	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table   table.Table
	Jobs    queue.Queue
	NewID   ident.Source
	Events  *outbox.Service
	Audit   *audit.Service
	Assets  Assets
	Files   Files   // nil: nothing can be uploaded, and no document is taken
	Notices Notices // nil: that a policy ends is told by events alone
	Related Related // nil: the issues of claims are not looked up
	Zone    func(ctx context.Context, workspace string) (*time.Location, error)
	Here    func(ctx context.Context, workspace string) error // fault.Conflict if it has moved into another house
}

// Assets knows the fleet.
type Assets interface {
	// Seen returns fault.NotFound unless the actor may see the asset.
	Seen(ctx context.Context, actor access.Actor, asset string) error
	// Refer returns the op that holds an asset that is in service.
	Refer(ctx context.Context, workspace, asset string) (table.Op, error)
}

// Files keeps what was uploaded. An attachment has one owner.
type Files interface {
	// Use returns the op by which a ready attachment becomes by's.
	Use(ctx context.Context, workspace, id, purpose, by string) (table.Op, error)
	// Release returns the op by which by lets go of it.
	Release(ctx context.Context, workspace, id, by string) (table.Op, error)
	// Link returns an address at which the file can be read for some minutes; its
	// rendition 0 is the whole of it.
	Link(ctx context.Context, workspace, id string, rendition int) (string, error)
}

// Notices brings e-mails to those who look after insurance in a workspace.
type Notices interface {
	// Notice returns the ops that ask for a letter to each of them.
	Notice(ctx context.Context, workspace, title string, lines []string, page string, at time.Time) ([]table.Op, error)
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

// Today is the day that it is in a workspace, by which policies are in force.
func (s *Service) Today(ctx context.Context, workspace string, at time.Time) (span.Date, error) {
	zone, err := s.Zone(ctx, workspace)
	if err != nil {
		return span.Date{}, err
	}
	return span.DateOf(at.In(zone)), nil
}

// sees returns fault.NotFound unless the actor may see an asset that p covers. A
// policy of the whole fleet is seen by everybody who may see insurance.
func (s *Service) sees(ctx context.Context, actor access.Actor, p *Policy) error {
	if p.WholeFleet || len(actor.Locations) == 0 {
		return nil
	}
	for _, id := range p.Assets {
		if err := s.Assets.Seen(ctx, actor, id); err == nil || fault.KindOf(err) != fault.NotFound {
			return err
		}
	}
	return noSuchPolicy()
}

// bound returns fault.NotFound if the actor may not see every asset that t names:
// who is bound to locations says nothing of assets elsewhere.
func (s *Service) bound(ctx context.Context, actor access.Actor, t Terms) error {
	if t.WholeFleet && len(actor.Locations) > 0 {
		return fault.New(fault.Invalid, "insurance_policy.whole_fleet", "Only who works at all locations can insure the whole fleet.").At("whole_fleet")
	}
	for _, id := range t.Assets {
		if err := s.Assets.Seen(ctx, actor, id); fault.KindOf(err) == fault.NotFound {
			return fault.New(fault.Invalid, "insurance_policy.assets", "There is no asset %s here. Give its id: ast_…", id).At("assets")
		} else if err != nil {
			return err
		}
	}
	return nil
}

// Insure adds a policy.
func (s *Service) Insure(ctx context.Context, actor access.Actor, t Terms, at time.Time) (*Policy, error) {
	p, err := insure(s.NewID("pol"), actor.Workspace, t, at)
	if err != nil {
		return nil, err
	}
	if err := s.bound(ctx, actor, p.Terms); err != nil {
		return nil, err
	}
	return p, table.Again(ctx, tries, func() error { return s.savePolicy(ctx, actor, p, at) })
}

// Policy returns the policy with this id, as far as the actor may see it.
func (s *Service) Policy(ctx context.Context, actor access.Actor, id string) (*Policy, error) {
	p, err := s.loadPolicy(ctx, actor.Workspace, id)
	if err == nil {
		err = s.sees(ctx, actor, p)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// EditPolicy changes what is said of a policy. edit may be called again if
// somebody else changes it meanwhile, unless ifVersion names the version that it
// is meant for; zero means any.
func (s *Service) EditPolicy(ctx context.Context, actor access.Actor, id string, edit func(*Terms) error, ifVersion int64, at time.Time) (*Policy, error) {
	return s.changePolicy(ctx, actor, id, ifVersion, at, func(p *Policy) error {
		t := p.Terms
		t.Assets, t.Documents = slices.Clone(t.Assets), slices.Clone(t.Documents)
		if err := edit(&t); err != nil {
			return err
		}
		if err := p.Describe(t); err != nil {
			return err
		}
		return s.bound(ctx, actor, p.Terms)
	})
}

// Cancel ends a policy with a day before its last one.
func (s *Service) Cancel(ctx context.Context, actor access.Actor, id string, on span.Date, ifVersion int64, at time.Time) (*Policy, error) {
	return s.changePolicy(ctx, actor, id, ifVersion, at, func(p *Policy) error {
		if err := s.bound(ctx, actor, p.Terms); err != nil {
			return err
		}
		return p.Cancel(on, at)
	})
}

func (s *Service) changePolicy(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time, verb func(*Policy) error) (p *Policy, err error) {
	err = table.Again(ctx, tries, func() error {
		if p, err = s.Policy(ctx, actor, id); err != nil {
			return err
		}
		if err := fresh("insurance_policy", "policy", p.Version, ifVersion); err != nil {
			return err
		}
		if err := verb(p); err != nil {
			return err
		}
		return s.savePolicy(ctx, actor, p, at)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

func fresh(noun, name string, version, ifVersion int64) error {
	if ifVersion != 0 && ifVersion != version {
		return fault.New(fault.Stale, noun+".stale", "This %s has changed: it is at version %d, not %d. Load it again and decide anew.", name, version, ifVersion)
	}
	return nil
}

// Renew moves the last day of a policy to a later one, and changes what it costs
// if a premium is given. Claims and documents stay with it.
func (s *Service) Renew(ctx context.Context, actor access.Actor, id string, end span.Date, premium money.Amount, ifVersion int64, at time.Time) (*Policy, error) {
	return s.changePolicy(ctx, actor, id, ifVersion, at, func(p *Policy) error {
		if !p.End.Before(end) {
			return fault.New(fault.Invalid, "insurance_policy.end", "Give a last day after %s, on which it ends now.", p.End).At("end")
		}
		t := p.Terms
		if t.End = end; !premium.IsZero() {
			t.Premium = premium
		}
		if err := p.Describe(t); err != nil {
			return err
		}
		return s.bound(ctx, actor, p.Terms)
	})
}
