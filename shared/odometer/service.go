package odometer

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/form"
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
	Assets   Assets
	Invoices Invoices // nil while nothing is invoiced

	// Zone is where a workspace is, for the times in refusals; nil: UTC.
	Zone func(ctx context.Context, workspace string) (*time.Location, error)
}

// Assets knows the assets there are.
type Assets interface {
	// Unit returns what the asset's odometer counts, km or mi. An asset of another
	// workspace, or of a place where the actor does not work, is fault.NotFound.
	Unit(ctx context.Context, actor access.Actor, asset string) (string, error)

	// Refer returns the op that holds the asset as it is while something is
	// written of it; fault.Conflict if it is archived.
	Refer(ctx context.Context, workspace, asset string) (table.Op, error)
}

// Invoices knows what was charged.
type Invoices interface {
	// Cites reports whether an issued invoice stands on the reading.
	Cites(ctx context.Context, workspace, asset, reading string) (bool, error)
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 16

func (s *Service) again(workspace, asset string, change func() error) (err error) {
	for range tries {
		if err = change(); !overtaken(err, workspace, asset) {
			return err
		}
	}
	return err
}

// Record adds an actual reading: from then on estimates begin at it. It may be
// of an earlier time, between others. Saying that the cluster was replaced needs
// care.manage and a note.
func (s *Service) Record(ctx context.Context, actor access.Actor, asset string, d Draft, at time.Time) (r *Reading, total int64, err error) {
	err = s.again(actor.Workspace, asset, func() error {
		var ops []table.Op
		if r, total, ops, err = s.Reading(ctx, actor, asset, d, at); err != nil {
			return err
		}
		held, err := s.Assets.Refer(ctx, actor.Workspace, asset)
		if err != nil {
			return err
		}
		return s.Table.Write(ctx, append(ops, held)...)
	})
	return r, total, err
}

// Reading is Record for another noun's write: an inspection or a booking that
// has a reading puts these five ops into the write that makes it, and asks again
// if that is overtaken at one of them. The asset is for the asker to hold.
func (s *Service) Reading(ctx context.Context, actor access.Actor, asset string, d Draft, at time.Time) (r *Reading, total int64, ops []table.Op, err error) {
	unit, err := s.Assets.Unit(ctx, actor, asset)
	if err != nil {
		return nil, 0, nil, err
	}
	r, err = create(s.NewID("odo"), actor, asset, unit, d, at)
	if err != nil {
		return nil, 0, nil, err
	}
	a, err := s.account(ctx, actor.Workspace, asset)
	if err != nil {
		return nil, 0, nil, err
	}
	prev, next, err := s.around(ctx, actor.Workspace, asset, r.ReadAt, nil)
	if err != nil {
		return nil, 0, nil, err
	}
	if err := s.insert(ctx, a, prev, r, next, d.Confirm); err != nil {
		return nil, 0, nil, err
	}
	total = r.Metres + a.offset(r.ReadAt)
	told, err := s.tell(ctx, actor, recorded(r, total), nil, at)
	return r, total, append(told, a.op(actor.Workspace, asset), r.op(), r.place(0)), err
}

// Carry returns the ops by which an asset that is being made begins with the
// last actual reading of another, to be written along with what makes it; none
// where the other was never read.
func (s *Service) Carry(ctx context.Context, actor access.Actor, from, to string, at time.Time) ([]table.Op, error) {
	last, _, err := s.around(ctx, actor.Workspace, from, at, nil)
	if err != nil || last == nil {
		return nil, err
	}
	r, err := create(s.NewID("odo"), actor, to, last.Unit, Draft{Value: last.Value, ReadAt: last.ReadAt, Note: "The last reading of the vehicle that this is a copy of."}, at)
	if err != nil {
		return nil, err
	}
	a := &Account{}
	if err := s.insert(ctx, a, nil, r, nil, true); err != nil {
		return nil, err
	}
	told, err := s.tell(ctx, actor, recorded(r, r.Metres+a.offset(r.ReadAt)), nil, at)
	return append(told, a.op(actor.Workspace, to), r.op(), r.place(0)), err
}

// create makes a reading of what is said of it.
func create(id string, actor access.Actor, asset, unit string, d Draft, at time.Time) (*Reading, error) {
	if err := checkValue(d.Value); err != nil {
		return nil, err
	}
	if d.ReadAt.IsZero() {
		d.ReadAt = at
	}
	if d.Source == "" {
		d.Source = Sources[0]
	}
	d.Note = strings.TrimSpace(d.Note)
	switch read := d.ReadAt.UTC().Truncate(time.Second); {
	case read.After(at):
		return nil, fault.New(fault.Invalid, "odometer.future", "That time is yet to come. Give the time at which the odometer was read.").At("read_at")
	case read.Year() < 1900:
		return nil, fault.New(fault.Invalid, "odometer.read_at", "Give a time after 1900.").At("read_at")
	case !slices.Contains(Sources, d.Source):
		return nil, fault.New(fault.Invalid, "odometer.source", "Choose one of %s.", strings.Join(Sources, ", ")).At("source")
	case utf8.RuneCountInString(d.Note) > 500 || !form.Lines(d.Note):
		return nil, fault.New(fault.Invalid, "odometer.note", "Use at most 500 characters.").At("note")
	case d.Replaced && !actor.May(access.ManageCare):
		return nil, fault.New(fault.Denied, "odometer.replaced_denied", "Only who may correct odometers can say that a cluster was replaced.").At("cluster_replaced")
	case d.Replaced && d.Note == "":
		return nil, fault.New(fault.Invalid, "odometer.note", "Say in a note why the cluster was replaced.").At("note")
	default:
		return &Reading{
			ID: id, Workspace: actor.Workspace, Asset: asset, State: Valid, Value: d.Value, Unit: unit,
			Metres: Metres(d.Value, unit), ReadAt: read, Source: d.Source, SourceID: d.SourceID, Booking: d.Booking,
			User: actor.ID, Note: d.Note, Replaced: d.Replaced, Created: at.UTC(), Version: 1,
		}, nil
	}
}

// insert puts r between its neighbours and changes the account accordingly.
func (s *Service) insert(ctx context.Context, a *Account, prev, r, next *Reading, confirmed bool) error {
	if r.Replaced && prev == nil {
		return fault.New(fault.Conflict, "odometer.nothing_replaced", "There is no earlier reading, so there is no cluster that this one replaces.").At("cluster_replaced")
	}
	if err := s.fits(ctx, r, prev, next, confirmed); err != nil {
		return err
	}
	if r.Replaced {
		since, err := s.driven(ctx, r.Workspace, r.Asset, a, prev.ReadAt, r.ReadAt)
		if err != nil {
			return err
		}
		if err := a.begin(prev, r, since); err != nil {
			return err
		}
	}
	return s.connect(ctx, r.Workspace, r.Asset, a, r, next)
}

// fits is r.fits in the workspace's time zone, which is looked up only where
// there is something to say.
func (s *Service) fits(ctx context.Context, r, prev, next *Reading, confirmed bool) error {
	wrong := r.fits(prev, next, confirmed, time.UTC)
	if wrong == nil || s.Zone == nil {
		return wrong
	}
	zone, err := s.Zone(ctx, r.Workspace)
	if err != nil {
		return wrong // it is true in UTC as well
	}
	return r.fits(prev, next, confirmed, zone)
}

// connect makes prev the reading before next, which is nil if prev is the last.
func (s *Service) connect(ctx context.Context, workspace, asset string, a *Account, prev, next *Reading) (err error) {
	switch {
	case next != nil && next.Replaced:
		since, err := s.driven(ctx, workspace, asset, a, prev.ReadAt, next.ReadAt)
		if err == nil {
			a.join(prev, next, since)
		}
		return err
	case next == nil && prev == nil:
		a.Last, a.Since = nil, 0
	case next == nil:
		a.Last = prev.mark()
		a.Since, err = s.driven(ctx, workspace, asset, a, prev.ReadAt, a.Until)
	}
	return err
}
