package ticks

import (
	"context"
	"errors"
	"fmt"

	"motorpool/shared/api"
)

// SweepAttachments takes away the files that nobody owns. What it does not
// manage in one go, it does the next time.
var SweepAttachments = api.Tick{
	Name:     "ticks.sweep_attachments",
	About:    "Takes away uploads that nothing names a day after they were begun, and files that were let go.",
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
		if err := j.Attachments.Sweep(ctx, w.ID, j.Now); err != nil {
			errs = append(errs, fmt.Errorf("workspace %s: %w", w.ID, err))
		}
	}
	return errors.Join(errs...)
}
