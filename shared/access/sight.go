package access

import (
	"context"

	"motorpool/shared/fault"
)

// Sight returns a function that says whether an actor may see something, for a
// list of what hangs on such things: issues on assets. see answers with
// fault.NotFound if the actor may not; it is asked once for each id, and never
// for an actor who is bound to no location, since that one sees all.
func Sight(a Actor, see func(ctx context.Context, a Actor, id string) error) func(ctx context.Context, id string) (bool, error) {
	known := map[string]bool{}
	return func(ctx context.Context, id string) (bool, error) {
		if len(a.Locations) == 0 {
			return true, nil
		}
		if seen, is := known[id]; is {
			return seen, nil
		}
		err := see(ctx, a, id)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return false, err
		}
		known[id] = err == nil
		return err == nil, nil
	}
}
