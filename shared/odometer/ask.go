package odometer

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Now is what an asset's odometer shows, as far as is known: the last actual
// reading and the trips since. It costs one read beyond that of the asset.
func (s *Service) Now(ctx context.Context, actor access.Actor, asset string) (p Point, unit string, err error) {
	if unit, err = s.Assets.Unit(ctx, actor, asset); err != nil {
		return p, unit, err
	}
	a, err := s.account(ctx, actor.Workspace, asset)
	if err != nil {
		return p, unit, err
	}
	p, ok := a.now()
	if !ok {
		err = unknown()
	}
	return p, unit, err
}

// At is what an asset's odometer showed at an instant: the last actual reading
// by then and the trips since, never more than the next actual reading.
func (s *Service) At(ctx context.Context, actor access.Actor, asset string, at time.Time) (p Point, unit string, err error) {
	if unit, err = s.Assets.Unit(ctx, actor, asset); err != nil {
		return p, unit, err
	}
	a, err := s.account(ctx, actor.Workspace, asset)
	if err != nil {
		return p, unit, err
	}
	at = at.UTC().Truncate(time.Second)
	prev, next, err := s.around(ctx, actor.Workspace, asset, at, nil)
	if err != nil {
		return p, unit, err
	}
	if prev == nil {
		return p, unit, unknown()
	}
	since, err := s.driven(ctx, actor.Workspace, asset, a, prev.ReadAt, at)
	if next != nil && next.Replaced {
		next = nil // another cluster, which has nothing to say of this one
	}
	return point(at, *prev.mark(), next.mark(), a.offset(prev.ReadAt), since), unit, err
}

func unknown() error {
	return fault.New(fault.NotFound, "odometer.unknown", "Nobody had read this odometer by then. Record what it shows.")
}

// Listed is a reading with the total that it stands for.
type Listed struct {
	*Reading
	Total int64
}

// Readings returns a page of an asset's actual readings, the latest first:
// those that count, or those that no longer do, whose total is nought.
func (s *Service) Readings(ctx context.Context, actor access.Actor, asset string, state State, cursor string, limit int) ([]Listed, string, error) {
	if _, err := s.Assets.Unit(ctx, actor, asset); err != nil {
		return nil, "", err
	}
	a, err := s.account(ctx, actor.Workspace, asset)
	if err != nil {
		return nil, "", err
	}
	q := table.Query{PK: pk(actor.Workspace, asset), Prefix: readingPrefix, Reverse: true, Limit: limit, After: cursor}
	if state == Superseded {
		q.Prefix = supersededPrefix
	}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (Listed, bool, error) {
		r, err := readReading(it)
		if err != nil || r.State == Superseded {
			return Listed{r, 0}, true, err
		}
		return Listed{r, r.Metres + a.offset(r.ReadAt)}, true, nil
	})
}

// maxSpan is how long a span of use may be.
const maxSpan = 400 * 24 * time.Hour

// Use says what each device saw an asset drive in a span of at most 400 days.
func (s *Service) Use(ctx context.Context, actor access.Actor, asset string, from, to time.Time) ([]Use, error) {
	if _, err := s.Assets.Unit(ctx, actor, asset); err != nil {
		return nil, err
	}
	if !to.After(from) || to.Sub(from) > maxSpan {
		return nil, fault.New(fault.Invalid, "odometer.span", "Give a span that ends after it begins, of at most 400 days.").At("to")
	}
	all, err := s.trips(ctx, actor.Workspace, asset, from, to)
	slices.SortStableFunc(all, func(a, b Trip) int { return a.Start.Compare(b.Start) })
	return Uses(all, from, to), err
}

// maxTrips is how many trips may begin on one day: one a minute.
const maxTrips = 1440

// Drive returns the ops that count trips of an asset, which may come in any
// order; those that are counted already are left out. Which trips are believed
// is for the asker to say. All of them begin on one day (UTC) and last at most
// 24 hours, so that it costs two reads and two ops.
func (s *Service) Drive(ctx context.Context, workspace, asset string, trips []Trip) ([]table.Op, error) {
	a, err := s.account(ctx, workspace, asset)
	if err != nil {
		return nil, err
	}
	day := table.Item{Key: key(workspace, asset, dayPrefix+trips[0].Start.UTC().Format(date))}
	var l ledger
	if it, err := s.Table.Get(ctx, day.Key); err == nil {
		day.Version = it.Version
		if err := json.Unmarshal(it.Doc, &l); err != nil {
			return nil, err
		}
	} else if fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	had := len(l.Trips)
	for _, t := range trips {
		known := slices.ContainsFunc(l.Trips, func(k Trip) bool { return k.Device == t.Device && k.Start.Equal(t.Start) })
		if !known {
			l.Trips = append(l.Trips, t)
			a.drive(t)
		}
	}
	if len(l.Trips) == had {
		return nil, nil
	}
	if len(l.Trips) > maxTrips {
		return nil, fault.New(fault.Conflict, "odometer.trips", "More than %d trips of one asset in one day are not believed.", maxTrips)
	}
	day.Doc, _ = json.Marshal(l) // numbers and texts always encode
	return []table.Op{a.op(workspace, asset), table.Put(day)}, nil
}

// Refers reports whether anything was ever said of an asset here.
func (s *Service) Refers(ctx context.Context, workspace, asset string) (bool, error) {
	a, err := s.account(ctx, workspace, asset)
	return err == nil && a.Version > 0, err
}
