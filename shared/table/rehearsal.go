package table

import (
	"context"

	"motorpool/shared/fault"
)

// Rehearsal is a table that is read and never written: Write finds out whether
// it would succeed at this moment, and does nothing. Whoever tries something out
// for somebody runs the very code that would do it on one.
type Rehearsal struct {
	Table
	Sure func(Key) bool // keys that nothing can be in the way of, and are not looked at; nil: none
}

// Write returns the *Conflict that writing ops would meet, or nil.
func (r Rehearsal) Write(ctx context.Context, ops ...Op) error {
	if err := Validate(ops); err != nil {
		return err
	}
	for i, op := range ops {
		if r.Sure != nil && r.Sure(op.Item.Key) {
			continue
		}
		it, err := r.Get(ctx, op.Item.Key)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if it.Version != op.Item.Version {
			return &Conflict{Op: i, Key: op.Item.Key}
		}
	}
	return nil
}
