package ticks

import (
	"context"
	"errors"

	"motorpool/shared/api"
	"motorpool/shared/workspace"
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
	return inEach(ctx, j, func(w *workspace.Workspace) error {
		return errors.Join(j.Attachments.Sweep(ctx, w.ID, j.Now), j.Exports.Sweep(ctx, w.ID, j.Now))
	})
}
