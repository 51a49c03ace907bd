package fleet

import (
	"context"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Outcome is what became of an asset that was put.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
)

// Saying changes what is said of an asset, which may be new.
type Saying func(d *AssetDetails, fresh bool) error

// Put describes the asset in service that has this VIN, or adds one: an archived
// asset is never touched. The function is given what is said now, and whether
// the asset is new; it may be called again if somebody else changes the asset
// meanwhile. The ops that also makes of what becomes of it hold with the change;
// where nothing changes it is not asked. A new asset needs what Add needs.
func (s *Service) Put(ctx context.Context, actor access.Actor, vin string, say Saying, also func(*Asset, Outcome) ([]table.Op, error), at time.Time) (*Asset, Outcome, error) {
	vin = vinOf(vin)
	for try := 1; ; try++ {
		a, out, err := s.prepare(ctx, actor, vin, say, at)
		if err != nil || out == Unchanged {
			return a, out, err
		}
		ops, err := also(a, out)
		if err != nil {
			return a, out, err
		}
		err = s.save(ctx, actor, a, ops...)
		raced := overtaken(err, assetKey(actor.Workspace, a.ID)) || out == Created && overtakenBy(err, "vin")
		if err == nil || try == tries || !raced {
			return a, out, err
		}
	}
}

// overtakenBy reports whether err says that another asset has the field's value.
func overtakenBy(err error, field string) bool { return fault.CodeOf(err) == "asset."+field+"_taken" }

func (s *Service) prepare(ctx context.Context, actor access.Actor, vin string, say Saying, at time.Time) (*Asset, Outcome, error) {
	a, err := s.withVIN(ctx, actor.Workspace, vin)
	if fault.KindOf(err) == fault.NotFound {
		d := AssetDetails{VIN: vin}
		if err := say(&d, true); err != nil {
			return nil, "", err
		}
		if err := d.complete(at); err != nil {
			return nil, "", err
		}
		a, err = s.create(ctx, actor.Workspace, d, at)
		return a, Created, err
	}
	if err != nil {
		return nil, "", err
	}
	if !a.SeenBy(actor) {
		return nil, "", fault.New(fault.Conflict, "asset.vin_taken", "Another asset has this VIN, at a location where you do not work.").At("vin")
	}
	d := a.clone()
	if err := say(&d, false); err != nil {
		return nil, "", err
	}
	if err := a.Describe(d, at); err != nil {
		return nil, "", err
	}
	if len(a.news) == 0 {
		return a, Unchanged, nil
	}
	return a, Updated, nil
}

// create makes a new asset, whose odometer counts what the workspace shows
// distances in unless d says otherwise.
func (s *Service) create(ctx context.Context, workspace string, d AssetDetails, at time.Time) (*Asset, error) {
	if d.DistanceUnit == "" && s.Unit != nil {
		unit, err := s.Unit(ctx, workspace)
		if err != nil {
			return nil, err
		}
		d.DistanceUnit = unit
	}
	return create(s.NewID("ast"), workspace, d, at)
}

// withVIN returns the asset in service that has this VIN.
func (s *Service) withVIN(ctx context.Context, workspace, vin string) (*Asset, error) {
	if !vinForm(vin) {
		return nil, noSuchAsset()
	}
	it, err := s.Table.Get(ctx, vinKey(workspace, vin))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchAsset()
	}
	if err != nil {
		return nil, err
	}
	return s.load(ctx, workspace, strings.Trim(string(it.Doc), `"`))
}

// vinOf is a VIN in its normal form.
func vinOf(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }

// Add is Create for an asset of which all is said that people need to find it
// and to rent it out: besides type, make and model its VIN or serial number, its
// year, where it belongs, and a category.
func (s *Service) Add(ctx context.Context, actor access.Actor, d AssetDetails, at time.Time) (*Asset, error) {
	if err := d.complete(at); err != nil {
		return nil, err
	}
	return s.Create(ctx, actor, d, at)
}

// complete returns everything that is wrong with d or missing in a new asset.
func (d AssetDetails) complete(at time.Time) error {
	c := about("asset")
	d = d.clone()
	d.check(c, at)
	missing := func(field, advice string, there bool) {
		if !there {
			c.Add(field, "%s", advice)
		}
	}
	missing("vin", "Give its VIN, or the serial number of what has none.", strings.TrimSpace(d.VIN) != "")
	missing("year", "Give its model year.", d.Year != 0)
	missing("home_location", "Say at which location it belongs.", d.HomeLocation != "")
	missing("categories", "Put it into a category at least: packages and prices come from there.", len(unique(d.Categories)) > 0)
	return c.Err()
}

// Rehearsal returns a service that does everything but the writing: what it
// refuses would be refused, and what it does not would be done.
func (s *Service) Rehearsal() *Service {
	r := *s
	r.Table = table.Rehearsal{Table: s.Table, Sure: func(k table.Key) bool {
		return strings.HasPrefix(k.SK, "EVENT#") || strings.HasPrefix(k.SK, "AUDIT#")
	}}
	return &r
}
