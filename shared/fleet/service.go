package fleet

import (
	"context"
	"errors"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table      table.Table
	NewID      ident.Source
	Events     *outbox.Service
	Audit      *audit.Service
	Locations  Locations  // nil while assets are nowhere
	Bookings   Bookings   // nil while nothing is booked
	Prices     Prices     // nil while nothing has a price: then none is asked for
	Zone       Zone       // nil: times in refusals are in UTC
	Unit       Unit       // nil: odometers count kilometres where nothing is said
	References References // nil while nothing refers to assets
	Files      Files      // nil where nothing can be uploaded: categories have no images then
	Photos     Photos     // nil while assets have no photos
	Heirs      Heirs      // nil: a copy is given what is said of an asset, and no more

	// Doing returns a function that tells what assets are doing at an instant:
	// reserved, on_booking, overdue_return, in_maintenance, or nothing. It is
	// cheap for assets in descending order of id. nil: they do nothing.
	Doing func(workspace string, at time.Time) func(ctx context.Context, asset string) (string, error)

	// Held returns the query of the index that has an item for each asset that may
	// be doing something, in descending order of id. nil: all assets are looked at.
	Held func(workspace string) table.Query
}

// Bookings knows which assets are promised to somebody.
type Bookings interface {
	// Holds returns fault.Conflict, in words, while a booking needs the asset.
	Holds(ctx context.Context, workspace, asset string) error
}

// Unit is what a workspace shows distances in: one of DistanceUnits.
type Unit func(ctx context.Context, workspace string) (string, error)

// Zone is where a workspace is.
type Zone func(ctx context.Context, workspace string) (*time.Location, error)

// Prices knows what it costs to rent assets.
type Prices interface {
	// Priced reports whether a price is found for the asset, by its own overrides
	// or by its primary category.
	Priced(ctx context.Context, a *Asset) (bool, error)
}

// References knows what was ever said about assets elsewhere.
type References interface {
	// To names what refers to the asset ("bookings", "invoices"); empty if nothing ever did.
	To(ctx context.Context, workspace, asset string) ([]string, error)
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

// Create adds an asset to the fleet. Booking is off until it is switched on.
func (s *Service) Create(ctx context.Context, actor access.Actor, d AssetDetails, at time.Time) (*Asset, error) {
	a, err := s.create(ctx, actor.Workspace, d, at)
	if err != nil {
		return nil, err
	}
	return a, s.save(ctx, actor, a)
}

// Asset returns the asset with this id, archived or not, wherever it is. Who
// answers an actor asks Seen.
func (s *Service) Asset(ctx context.Context, workspace, id string) (*Asset, error) {
	return s.load(ctx, workspace, id)
}

// Edit changes what is said of an asset. The function is given what is said now
// and may be called again if somebody else changes the asset meanwhile, unless
// ifVersion names the version that the change is meant for; zero means any.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, edit func(*AssetDetails) error, ifVersion int64, at time.Time) (*Asset, error) {
	return s.change(ctx, actor, id, ifVersion, func(a *Asset) ([]table.Op, error) {
		d := a.clone()
		if err := edit(&d); err != nil {
			return nil, err
		}
		return nil, a.Describe(d, at)
	})
}

// SwitchBooking opens an asset for booking, or closes it. When that was done is
// kept with the asset. To open one it takes a location to which it belongs, a
// category and a price; what lacks is said, all of it.
func (s *Service) SwitchBooking(ctx context.Context, actor access.Actor, id string, on bool, ifVersion int64, at time.Time) (*Asset, error) {
	return s.change(ctx, actor, id, ifVersion, func(a *Asset) ([]table.Op, error) {
		if on && a.Status() == Unavailable {
			if err := s.bookable(ctx, a); err != nil {
				return nil, err
			}
		}
		err := a.SwitchBooking(on, at)
		return a.switched(actor), err
	})
}

// Archive takes an asset out of the fleet, for good. It is refused while a
// booking holds the asset.
func (s *Service) Archive(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Asset, error) {
	return s.change(ctx, actor, id, ifVersion, func(a *Asset) ([]table.Op, error) {
		if err := a.Archive(at); err != nil {
			return nil, err
		}
		if s.Bookings != nil {
			if err := s.Bookings.Holds(ctx, actor.Workspace, id); err != nil {
				return nil, err
			}
		}
		return a.switched(actor), nil
	})
}

// change loads an asset, lets verb change it, and saves it with the ops that
// verb returns.
func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, verb func(*Asset) ([]table.Op, error)) (*Asset, error) {
	for try := 1; ; try++ {
		a, err := s.Find(ctx, actor, id)
		if err != nil {
			return nil, err
		}
		if err := unchanged("asset", a.Version, ifVersion); err != nil {
			return nil, err
		}
		also, err := verb(a)
		if err != nil {
			return nil, err
		}
		err = s.save(ctx, actor, a, also...)
		if err == nil {
			return a, nil
		}
		if try == tries || !overtaken(err, assetKey(actor.Workspace, id)) {
			return nil, err
		}
	}
}

// overtaken reports whether err says that the item at k was changed in between.
func overtaken(err error, k table.Key) bool {
	clash, ok := errors.AsType[*table.Conflict](err)
	return ok && clash.Key == k
}

func unchanged(noun string, version, ifVersion int64) error {
	if ifVersion != 0 && ifVersion != version {
		return fault.New(fault.Stale, noun+".stale", "This %s has changed: it is at version %d, not %d. Load it again and decide anew.", noun, version, ifVersion)
	}
	return nil
}

// Delete removes an asset that was added by mistake. Once anything has referred
// to it, it can only be archived. Whoever refers to it while it is deleted either
// comes too late, or the asset stays: it is closed first, in a version of its
// own, and who refers to a closed one opens it again.
func (s *Service) Delete(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) error {
	for try := 1; ; try++ {
		a, err := s.Find(ctx, actor, id)
		if err != nil {
			return err
		}
		if err := unchanged("asset", a.Version, ifVersion); err != nil {
			return err
		}
		if err := s.unreferred(ctx, actor.Workspace, id); err != nil {
			return err
		}
		if err = s.close(ctx, a); err == nil {
			if err := s.unreferred(ctx, actor.Workspace, id); err != nil {
				return err
			}
			err = s.remove(ctx, actor, a, at)
		}
		if err == nil || try == tries || !overtaken(err, assetKey(actor.Workspace, id)) {
			return err
		}
	}
}

func (s *Service) unreferred(ctx context.Context, workspace, id string) error {
	page, err := s.Table.Query(ctx, table.Query{PK: assetPK(workspace, id), Prefix: transferPrefix, Limit: 1})
	if err == nil && len(page.Items) > 0 {
		err = fault.New(fault.Conflict, "asset.in_use", "This asset has transfers, so it cannot be deleted. Archive it instead: its history is kept and it leaves the fleet.")
	}
	if err != nil || s.References == nil {
		return err
	}
	by, err := s.References.To(ctx, workspace, id)
	if err == nil && len(by) > 0 {
		err = fault.New(fault.Conflict, "asset.in_use", "This asset has %s, so it cannot be deleted. Archive it instead: its history is kept and it leaves the fleet.", list(by))
	}
	return err
}

func list(words []string) string {
	switch n := len(words); n {
	case 1:
		return words[0]
	default:
		out := words[0]
		for _, w := range words[1 : n-1] {
			out += ", " + w
		}
		return out + " and " + words[n-1]
	}
}
