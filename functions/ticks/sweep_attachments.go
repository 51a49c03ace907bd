package ticks

import (
	"context"
	"errors"
	"fmt"

	"motorpool/shared/api"
)

// SweepAttachments takes away the files that nobody owns, and exports that
// are over. What it does not manage in one go, it does the next time.
var SweepAttachments = api.Tick{
	Name:     "ticks.sweep_attachments",
	About:    "Takes away uploads that nothing names a day after they were begun, files that were let go, and exports 24 hours after they were ready.",
	Schedule: "rate(1 hour)",
	Handle:   sweepAttachments,
}

func sweepAttachments(ctx context.Context, j *api.Job) error {
	all, err := j.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, w := range all {
		if !w.Left.IsZero() {
			continue // what it left stays as it was when it left
		}
		if err := errors.Join(j.Attachments.Sweep(ctx, w.ID, j.Now), j.Exports.Sweep(ctx, w.ID, j.Now)); err != nil {
			errs = append(errs, fmt.Errorf("workspace %s: %w", w.ID, err))
		}
	}
	return errors.Join(errs...)
}
