package ticks

import (
	"context"
	"errors"
	"fmt"

	"motorpool/shared/api"
)

// DisableFailing disables the endpoints that have failed for longer than their
// workspace allows. One workspace's trouble does not keep the others waiting.
var DisableFailing = api.Tick{
	Name:     "ticks.disable_failing",
	About:    "Disables the webhook endpoints that have failed for longer than their workspace allows.",
	Schedule: "rate(1 hour)",
	Handle:   disableFailing,
}

func disableFailing(ctx context.Context, j *api.Job) error {
	all, err := j.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, w := range all {
		if err := j.Webhooks.DisableFailing(ctx, w.ID, j.Now); err != nil {
			errs = append(errs, fmt.Errorf("workspace %s: %w", w.ID, err))
		}
	}
	return errors.Join(errs...)
}
