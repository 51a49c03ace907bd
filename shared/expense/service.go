package expense

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
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table   table.Table
	NewID   ident.Source
	Events  *outbox.Service
	Audit   *audit.Service
	Assets  Assets
	Files   Files   // nil: nothing can be uploaded, and no receipt is taken
	Related Related // nil: what expenses name is not looked up
	Zone    func(ctx context.Context, workspace string) (*time.Location, error)
}

// Assets knows the fleet.
type Assets interface {
	// Seen returns fault.NotFound unless the actor may see the asset.
	Seen(ctx context.Context, actor access.Actor, asset string) error
	// Refer returns the op that holds an asset that is in service.
	Refer(ctx context.Context, workspace, asset string) (table.Op, error)
	// Held says what having an asset costs and from when to when it is had.
	Held(ctx context.Context, workspace, asset string) (Holding, error)
}

// Holding is what is known of having an asset, beside what is spent on it.
type Holding struct {
	From, To  span.Date    // To is zero while the asset is had
	Price     money.Amount // what it was bought for
	Monthly   money.Amount // what holding it costs a month
	SoldFor   money.Amount
	SaleCosts money.Amount
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

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

func (s *Service) today(ctx context.Context, workspace string, at time.Time) (span.Date, error) {
	zone, err := s.Zone(ctx, workspace)
	if err != nil {
		return span.Date{}, err
	}
	return span.DateOf(at.In(zone)), nil
}

// Record says that something was spent on an asset in service.
func (s *Service) Record(ctx context.Context, actor access.Actor, asset string, d Details, at time.Time) (*Expense, error) {
	today, err := s.today(ctx, actor.Workspace, at)
	if err != nil {
		return nil, err
	}
	e, err := record(s.NewID("exp"), actor.Workspace, asset, d, today, at)
	if err != nil {
		return nil, err
	}
	if err := s.Assets.Seen(ctx, actor, asset); fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Invalid, "expense.asset", "There is no such asset here. Give its id: ast_…").At("asset")
	} else if err != nil {
		return nil, err
	}
	if err := s.known(ctx, e); err != nil {
		return nil, err
	}
	return e, table.Again(ctx, tries, func() error {
		refer, err := s.Assets.Refer(ctx, actor.Workspace, asset)
		if err != nil {
			return err
		}
		return s.save(ctx, actor, e, at, refer)
	})
}

// Expense returns the expense with this id, if its asset is the actor's to see.
func (s *Service) Expense(ctx context.Context, actor access.Actor, id string) (*Expense, error) {
	e, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	if err := s.Assets.Seen(ctx, actor, e.Asset); fault.KindOf(err) == fault.NotFound {
		return nil, noSuchExpense()
	} else if err != nil {
		return nil, err
	}
	return e, nil
}

// Receipt returns an address at which a receipt of an expense can be read for
// some minutes.
func (s *Service) Receipt(ctx context.Context, actor access.Actor, id, attachment string) (string, error) {
	e, err := s.Expense(ctx, actor, id)
	if err != nil {
		return "", err
	}
	if s.Files == nil || !slices.Contains(e.Receipts, attachment) {
		return "", fault.New(fault.NotFound, "expense.no_receipt", "There is no such receipt here.")
	}
	return s.Files.Link(ctx, e.Workspace, attachment, 0)
}

// Edit changes what is said of an expense. edit may be called again if somebody
// else changes the expense meanwhile, unless ifVersion names the version that it
// is meant for; zero means any.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, edit func(*Details) error, ifVersion int64, at time.Time) (*Expense, error) {
	today, err := s.today(ctx, actor.Workspace, at)
	if err != nil {
		return nil, err
	}
	return s.change(ctx, actor, id, ifVersion, at, func(e *Expense) error {
		d := e.Details
		d.Receipts = slices.Clone(d.Receipts)
		was := d
		if err := edit(&d); err != nil {
			return err
		}
		if was.Tax == d.Tax && was.TaxRate != "" && (was.Amount != d.Amount || was.TaxRate != d.TaxRate) && was.Tax == within(was.Amount, was.TaxRate) {
			d.Tax = money.Amount{} // it was reckoned, and is reckoned anew
		}
		if err := e.Describe(d, today); err != nil {
			return err
		}
		return s.known(ctx, e)
	})
}

// Void takes an expense out of all sums, for good. It stays to be read.
func (s *Service) Void(ctx context.Context, actor access.Actor, id, reason string, ifVersion int64, at time.Time) (*Expense, error) {
	return s.change(ctx, actor, id, ifVersion, at, func(e *Expense) error { return e.Void(reason, at) })
}

func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time, verb func(*Expense) error) (e *Expense, err error) {
	err = table.Again(ctx, tries, func() error {
		if e, err = s.Expense(ctx, actor, id); err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != e.Version {
			return fault.New(fault.Stale, "expense.stale", "This expense has changed: it is at version %d, not %d. Load it again and decide anew.", e.Version, ifVersion)
		}
		if err := verb(e); err != nil {
			return err
		}
		return s.save(ctx, actor, e, at)
	})
	if err != nil {
		return nil, err
	}
	return e, nil
}

// files returns the ops by which receipts come to belong to e, or no longer do.
func (s *Service) files(ctx context.Context, e *Expense) (ops []table.Op, err error) {
	var had []string
	if e.was != nil {
		had = e.was.Receipts
	}
	for _, id := range e.Receipts {
		if slices.Contains(had, id) {
			continue
		}
		if s.Files == nil {
			return nil, fault.New(fault.Invalid, "expense.receipts", "Files cannot be uploaded here.").At("receipts")
		}
		op, err := s.Files.Use(ctx, e.Workspace, id, "receipt", e.ID)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	for _, id := range had {
		if slices.Contains(e.Receipts, id) || s.Files == nil {
			continue
		}
		op, err := s.Files.Release(ctx, e.Workspace, id, e.ID)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}
