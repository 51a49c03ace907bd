package ticks

import (
	"context"
	"errors"
	"fmt"

	"motorpool/shared/api"
)

// HushDevices marks the tracking devices that have said nothing for more than 24
// hours. One workspace's trouble does not keep the others waiting.
var HushDevices = api.Tick{
	Name:     "ticks.hush_devices",
	About:    "Marks the fitted tracking devices that have been silent for more than 24 hours, and tells of each once.",
	Schedule: "rate(1 hour)",
	Handle:   hushDevices,
}

func hushDevices(ctx context.Context, j *api.Job) error {
	all, err := j.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, w := range all {
		if !w.Left.IsZero() {
			continue // it lives in another house
		}
		if err := j.Tracking.Hush(ctx, w.ID, j.Now); err != nil {
			errs = append(errs, fmt.Errorf("workspace %s: %w", w.ID, err))
		}
	}
	return errors.Join(errs...)
}
