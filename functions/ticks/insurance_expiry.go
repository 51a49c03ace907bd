package ticks

import (
	"context"
	"errors"
	"fmt"

	"motorpool/shared/api"
)

// InsuranceExpiry tells in each workspace of the insurance policies that end soon
// or have ended. One workspace's trouble does not keep the others waiting.
var InsuranceExpiry = api.Tick{
	Name:     "ticks.insurance_expiry",
	About:    "Tells of insurance policies that end soon or have ended, once a day from 6 o'clock in each workspace.",
	Schedule: "rate(1 hour)",
	Handle:   insuranceExpiry,
}

func insuranceExpiry(ctx context.Context, j *api.Job) error {
	all, err := j.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, w := range all {
		if !w.Left.IsZero() {
			continue
		}
		if err := j.Insurance.Tick(ctx, w.ID, j.Now); err != nil {
			errs = append(errs, fmt.Errorf("workspace %s: %w", w.ID, err))
		}
	}
	return errors.Join(errs...)
}
