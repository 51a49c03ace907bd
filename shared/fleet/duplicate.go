package fleet

import (
	"context"
	"fmt"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// With is what a copy of an asset is given beside what is said of it.
type With struct {
	Odometer *bool // begin with the original's last actual reading; nil: if the original is archived, and so the same vehicle
	Photos   bool  // copies of the original's, in their order
}

// Heirs know what other nouns keep about an asset that its copy may be given.
type Heirs interface {
	// Inherit returns the ops that give it to the asset to, which is made by the
	// same write, and to's cover.
	Inherit(ctx context.Context, actor access.Actor, from, to string, odometer, photos bool, at time.Time) (cover string, ops []table.Op, err error)
}

// Duplicate adds a copy of an asset. The copy of an archived one is the vehicle's
// way back into the fleet and takes its VIN and number along, if they are free by
// now. Of one in service, all that marks the one vehicle is left out, and the
// number gets a suffix.
func (s *Service) Duplicate(ctx context.Context, actor access.Actor, id string, with With, at time.Time) (*Asset, error) {
	a, err := s.Find(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	copied, cover, ops := s.NewID("ast"), "", []table.Op(nil)
	odometer := a.Status() == Archived
	if with.Odometer != nil {
		odometer = *with.Odometer
	}
	if s.Heirs != nil && (odometer || with.Photos) {
		if cover, ops, err = s.Heirs.Inherit(ctx, actor, a.ID, copied, odometer, with.Photos, at); err != nil {
			return nil, err
		}
	}
	for n := 1; n <= maxDuplicates; n++ {
		d := a.duplicate(copied, suffixed(a, n), at)
		d.Cover = cover
		s.keepPlaces(ctx, actor, d)
		if err = s.save(ctx, actor, d, ops...); fault.CodeOf(err) == "asset.vin_taken" {
			d.VIN = "" // its successor has it already
			d.news = []events.Event{events.AssetDuplicated{Object: d.Object(), Original: a.ID}}
			err = s.save(ctx, actor, d, ops...)
		}
		if err == nil {
			return d, nil
		}
		if fault.CodeOf(err) == "table.ops" && with.Photos {
			return nil, fault.New(fault.Conflict, "asset.copy_too_large", "It has too many photos, categories and locations for all to be copied at once. Duplicate it without its photos, and add them to the copy.").At("photos").Because(err)
		}
		if fault.CodeOf(err) != "asset.number_taken" {
			return nil, err
		}
	}
	return nil, err
}

// maxDuplicates is how many numbers are tried for a copy.
const maxDuplicates = 90

// suffixed is the nth number to try for a copy of a: its own where a has left
// the fleet, then with -2, -3, and so on.
func suffixed(a *Asset, n int) string {
	if a.Status() != Archived {
		n++
	}
	if a.Number == "" || n == 1 {
		return a.Number
	}
	suffix := fmt.Sprintf("-%d", n)
	runes := []rune(a.Number)
	return string(runes[:min(len(runes), maxNumber-len(suffix))]) + suffix
}
