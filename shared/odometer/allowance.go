package odometer

import (
	"time"

	"motorpool/shared/fault"
)

// Use is what one device saw one asset drive in a period.
type Use struct {
	Device   string
	Serial   string
	Metres   int64 // nought unless Measured
	Readings int   // trips in the period
	Measured bool  // there were two readings at least of this asset and this device
}

// Uses adds up the trips of one asset by device and serial number, after from
// and up to to, in the order of their first trips. Of fewer than two readings
// nothing can be said, so they are no use that anybody pays for (spec A 2.7).
func Uses(trips []Trip, from, to time.Time) []Use {
	var all []Use
	place := map[[2]string]int{}
	for _, t := range trips {
		if !t.End.After(from) || !t.Start.Before(to) {
			continue
		}
		who := [2]string{t.Device, t.Serial}
		i, ok := place[who]
		if !ok {
			i = len(all)
			place[who] = i
			all = append(all, Use{Device: t.Device, Serial: t.Serial})
		}
		all[i].Metres += t.within(from, to)
		all[i].Readings++
	}
	for i := range all {
		if all[i].Measured = all[i].Readings >= 2; !all[i].Measured {
			all[i].Metres = 0
		}
	}
	return all
}

// Over is what was driven beyond an allowance, in metres: of 110 km in a week
// with 100 km allowed it is 10 km.
func Over(driven, allowed int64) int64 { return max(driven-allowed, 0) }

// Share divides an allowance of metres for a period by days, as when a vehicle
// is swapped: with 100 km a week and a swap on the fifth day, days are 4 and 3
// and the second share is 100 km ÷ 7 × 3. Shares are rounded to the nearest
// metre, halves up, and always add up to the whole.
func Share(allowance int64, days ...int) ([]int64, error) {
	whole := int64(0)
	for _, d := range days {
		if d < 0 || d > 3660 {
			return nil, fault.New(fault.Invalid, "odometer.days", "Give from 0 to 3,660 days for each part of the period.")
		}
		whole += int64(d)
	}
	if whole == 0 || allowance < 0 || allowance > Metres(MaxValue, "mi") {
		return nil, fault.New(fault.Invalid, "odometer.allowance", "Give an allowance that is not negative, for one day at least.")
	}
	shares, before, past := make([]int64, len(days)), int64(0), int64(0)
	for i, d := range days {
		past += int64(d)
		upTo := (2*allowance*past + whole) / (2 * whole)
		shares[i], before = upTo-before, upTo
	}
	return shares, nil
}
