package tracking

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
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
	Table    table.Table
	NewID    ident.Source
	Events   *outbox.Service
	Audit    *audit.Service
	Assets   Assets
	Odometer Odometer
	Periods  Periods // nil while nothing is billed
}

// Assets knows the assets there are.
type Assets interface {
	// Seen returns fault.NotFound for an asset of another workspace, or of a place
	// where the actor does not work.
	Seen(ctx context.Context, actor access.Actor, asset string) error

	// Refer returns the op that holds the asset as it is while something is
	// written of it; fault.Conflict if it is archived.
	Refer(ctx context.Context, workspace, asset string) (table.Op, error)
}

// Odometer counts what was driven.
type Odometer interface {
	// Drive returns the at most four ops that count journeys of an asset, all of
	// which begin on one day (UTC).
	Drive(ctx context.Context, workspace, asset string, journeys []*Journey) ([]table.Op, error)
}

// Periods knows what was billed for an asset.
type Periods interface {
	// Late says of each start whether its period was billed already. For starts in
	// the current, unbilled period it returns the at most four ops that have it
	// reckoned again, none if nothing was.
	Late(ctx context.Context, workspace, asset string, starts []time.Time) (billed []bool, reopen []table.Op, err error)
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 16

func again(change func() error) (err error) {
	for range tries {
		if err = change(); !overtaken(err) {
			return err
		}
	}
	return err
}

// Register adds a device, which is in no asset yet.
func (s *Service) Register(ctx context.Context, actor access.Actor, draft Draft, at time.Time) (*Device, error) {
	d, err := create(s.NewID("dev"), actor.Workspace, draft, at)
	if err != nil {
		return nil, err
	}
	ops, err := s.ops(ctx, actor, d)
	if err != nil {
		return nil, err
	}
	claim := serialKey(d.Workspace, d.Provider, d.Serial)
	id := json.RawMessage(`"` + d.ID + `"`)
	err = s.Table.Write(ctx, append(ops, table.Put(table.Item{Key: claim, Doc: id}),
		table.Put(table.Item{Key: table.Key{PK: devicesPK(d.Workspace), SK: d.Serial + "#" + d.ID}, Doc: id}))...)
	if clash, ok := errors.AsType[*table.Conflict](err); ok && clash.Key == claim {
		return nil, fault.New(fault.Conflict, "device.serial_taken", "There is a device of this provider with this serial number already.").At("serial")
	}
	return d, err
}

// Device returns the device with this id. One in an asset that the actor does
// not see is not found; one in none is seen by those who work everywhere.
func (s *Service) Device(ctx context.Context, actor access.Actor, id string) (*Device, error) {
	d, err := s.load(ctx, actor.Workspace, id)
	if err == nil {
		err = s.sees(ctx, actor, d)
	}
	return d, err
}

func (s *Service) sees(ctx context.Context, actor access.Actor, d *Device) error {
	if len(actor.Locations) == 0 {
		return nil
	}
	if asset := d.Asset(); asset == "" || fault.KindOf(s.Assets.Seen(ctx, actor, asset)) == fault.NotFound {
		return notFound()
	}
	return nil
}

// change loads a device, lets verb change it, and saves it with verb's ops.
func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, verb func(*Device) ([]table.Op, error)) (d *Device, err error) {
	err = again(func() error {
		if d, err = s.Device(ctx, actor, id); err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != d.Version {
			return fault.New(fault.Stale, "device.stale", "This device has changed: it is at version %d, not %d. Load it again and decide anew.", d.Version, ifVersion)
		}
		also, err := verb(d)
		if err != nil {
			return err
		}
		ops, err := s.ops(ctx, actor, d)
		if err != nil || len(ops) == 0 {
			return err
		}
		return s.Table.Write(ctx, append(ops, also...)...)
	})
	return d, err
}

// Fit puts a device into an asset. It leaves the asset it was in, and the device
// of the same provider that was in this asset leaves it: all in one write.
func (s *Service) Fit(ctx context.Context, actor access.Actor, id, asset string, ifVersion int64, at time.Time) (*Device, error) {
	if err := s.Assets.Seen(ctx, actor, asset); err != nil {
		return nil, err
	}
	return s.change(ctx, actor, id, ifVersion, func(d *Device) ([]table.Op, error) {
		if d.Asset() == asset && d.Retired.IsZero() {
			return nil, nil
		}
		held, err := s.Assets.Refer(ctx, actor.Workspace, asset)
		if err != nil {
			return nil, err
		}
		left, err := s.leave(ctx, actor, d, at)
		if err != nil {
			return nil, err
		}
		in, err := s.inside(ctx, actor.Workspace, asset)
		if err != nil {
			return nil, err
		}
		ousted, err := s.oust(ctx, actor, in, d.Provider, at)
		if err != nil {
			return nil, err
		}
		counts := !in.counted()
		if err := d.fit(asset, counts, at); err != nil {
			return nil, err
		}
		in.Devices = append(in.Devices, mounted{d.Provider, d.ID, counts})
		return slices.Concat([]table.Op{held, in.op()}, left, ousted), nil
	})
}

// oust takes the provider's device out of an asset, if there is one.
func (s *Service) oust(ctx context.Context, actor access.Actor, in *inside, provider string, at time.Time) ([]table.Op, error) {
	id := in.of(provider)
	if id == "" {
		return nil, nil
	}
	other, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	other.leave(at)
	in.remove(id)
	return s.ops(ctx, actor, other)
}

// leave returns the ops by which d leaves the asset it is in: another device that
// is there counts from now on, if d did. It does not change d.
func (s *Service) leave(ctx context.Context, actor access.Actor, d *Device, at time.Time) ([]table.Op, error) {
	asset := d.Asset()
	if asset == "" {
		return nil, nil
	}
	in, err := s.inside(ctx, actor.Workspace, asset)
	if err != nil {
		return nil, err
	}
	in.remove(d.ID)
	var ops []table.Op
	if len(in.Devices) > 0 && !in.counted() {
		heir, err := s.load(ctx, actor.Workspace, in.Devices[0].Device)
		if err != nil {
			return nil, err
		}
		heir.succeed(at)
		in.Devices[0].Counts = true
		if ops, err = s.ops(ctx, actor, heir); err != nil {
			return nil, err
		}
	}
	return append(ops, in.op()), nil
}

// Unfit takes a device out of its asset. Doing it twice changes nothing.
func (s *Service) Unfit(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Device, error) {
	return s.change(ctx, actor, id, ifVersion, func(d *Device) ([]table.Op, error) {
		ops, err := s.leave(ctx, actor, d, at)
		d.leave(at)
		return ops, err
	})
}

// Retire takes a device out of use, for good, and out of its asset.
func (s *Service) Retire(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Device, error) {
	return s.change(ctx, actor, id, ifVersion, func(d *Device) ([]table.Op, error) {
		ops, err := s.leave(ctx, actor, d, at)
		d.retire(at)
		return ops, err
	})
}

// Mend says that a device is broken, or well again. It stays where it is, and
// what it reports is taken.
func (s *Service) Mend(ctx context.Context, actor access.Actor, id string, faulty bool, ifVersion int64, at time.Time) (*Device, error) {
	return s.change(ctx, actor, id, ifVersion, func(d *Device) ([]table.Op, error) { return nil, d.report(faulty, at) })
}

// Filter says which devices a list wants; a zero field wants all.
type Filter struct {
	State State
	Q     string // the serial number begins so, whatever its case
}

// Devices returns a page of devices in the order of serial numbers.
func (s *Service) Devices(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int) ([]*Device, string, error) {
	q := table.Query{PK: devicesPK(actor.Workspace), Prefix: strings.ToUpper(strings.TrimSpace(f.Q)), Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Device, bool, error) {
		d, err := s.load(ctx, actor.Workspace, unquote(it.Doc))
		if err != nil {
			return nil, false, err
		}
		return d, (f.State == "" || f.State == d.State()) && s.sees(ctx, actor, d) == nil, nil
	})
}

// Inside returns the devices that are in an asset now.
func (s *Service) Inside(ctx context.Context, actor access.Actor, asset string) (all []*Device, err error) {
	if err := s.Assets.Seen(ctx, actor, asset); err != nil {
		return nil, err
	}
	in, err := s.inside(ctx, actor.Workspace, asset)
	if err != nil {
		return nil, err
	}
	for _, m := range in.Devices {
		d, err := s.load(ctx, actor.Workspace, m.Device)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}
