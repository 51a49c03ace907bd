package fleet

import (
	"context"
	"errors"

	"motorpool/shared/fault"
)

// Ready reports whether nothing lacks for an asset that is closed for booking to
// be opened.
func (s *Service) Ready(ctx context.Context, a *Asset) (bool, error) {
	if a.Status() != Unavailable {
		return false, nil
	}
	err := s.bookable(ctx, a)
	if fault.KindOf(err) == fault.Conflict {
		return false, nil
	}
	return err == nil, err
}

// bookable returns fault.Conflict with all that a lacks to be open for booking.
// Its code is of what comes first.
func (s *Service) bookable(ctx context.Context, a *Asset) error {
	var lacks *fault.Error
	lack := func(err error) {
		f, _ := errors.AsType[*fault.Error](err)
		if lacks == nil {
			lacks = f
			return
		}
		lacks.Message += " " + f.Message
		lacks.Fields = append(lacks.Fields, f.Fields...)
	}
	if len(a.Categories) == 0 {
		lack(noCategory())
	}
	if s.Locations != nil && a.HomeLocation == "" {
		lack(fault.New(fault.Conflict, "asset.no_location", "Say at which location the asset belongs before you open it for booking: customers pick it up there.").At("home_location"))
	}
	if s.Prices != nil {
		is, err := s.Prices.Priced(ctx, a)
		if err != nil {
			return err
		}
		if !is {
			lack(fault.New(fault.Conflict, "asset.no_price", "Give the asset's primary category a price, or the asset one of its own, before you open it for booking.").At("price"))
		}
	}
	if lacks == nil {
		return nil
	}
	return lacks
}

func noCategory() error {
	return fault.New(fault.Conflict, "asset.no_category", "Put the asset into a category before you open it for booking: packages and prices come from there.").At("categories")
}
