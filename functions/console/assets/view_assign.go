package assets

import (
	"slices"

	"motorpool/shared/fault"
	"motorpool/shared/fleet"
)

// assignRefused says how many of the assets were assigned all the same, and why
// the first of the others was not; nil if all were.
func assignRefused(all []fleet.Assigned) error {
	refused := slices.DeleteFunc(slices.Clone(all), func(one fleet.Assigned) bool { return one.Fault == nil })
	if len(refused) == 0 {
		return nil
	}
	why := refused[0].Fault
	return fault.New(why.Kind, why.Code, "%d of %d assets were assigned. %s: %s", len(all)-len(refused), len(all), refused[0].ID, why.Message)
}
