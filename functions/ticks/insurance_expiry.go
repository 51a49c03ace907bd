package ticks

import (
	"context"

	"motorpool/shared/api"
	"motorpool/shared/workspace"
)

// InsuranceExpiry tells in each workspace of the insurance policies that end soon
// or have ended.
var InsuranceExpiry = api.Tick{
	Name:     "ticks.insurance_expiry",
	About:    "Tells of insurance policies that end soon or have ended, once a day from 6 o'clock in each workspace.",
	Schedule: "rate(1 hour)",
	Handle:   insuranceExpiry,
}

func insuranceExpiry(ctx context.Context, j *api.Job) error {
	return inEach(ctx, j, func(w *workspace.Workspace) error { return j.Insurance.Tick(ctx, w.ID, j.Now) })
}
