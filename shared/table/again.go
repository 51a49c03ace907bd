package table

import (
	"context"
	"errors"
	"time"

	"motorpool/shared/fault"
)

// Again does f, which reads and writes by versions, until it is not refused
// with a *Conflict, at most tries times. It waits a little longer each time, or
// two processes in step could lose to each other for ever. When nobody lets it
// through it returns fault.TooMany with code "table.busy".
func Again(ctx context.Context, tries int, f func() error) error {
	var err error
	for n := range tries {
		err = f()
		if _, lost := errors.AsType[*Conflict](err); !lost {
			return err
		}
		wait := time.NewTimer(time.Duration(n) * time.Millisecond)
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return ctx.Err()
		}
	}
	return fault.New(fault.TooMany, "table.busy", "Many others are changing this just now. Try again in a moment.").Because(err)
}
