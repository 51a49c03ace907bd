// Package ticks has what schedules wake. A tick is idempotent and catches up
// after an outage.
package ticks

import (
	"context"
	"errors"
	"fmt"

	"motorpool/shared/api"
	"motorpool/shared/workspace"
)

// Ticks lists this folder, sorted by name.
var Ticks = []api.Tick{
	DisableFailing,
	DocumentExpiry,
	HushDevices,
	InsuranceExpiry,
	PrintInspections,
	Remind,
	SweepAttachments,
}

// inEach does something in each workspace that lives here. One workspace's
// trouble does not keep the others waiting.
func inEach(ctx context.Context, j *api.Job, do func(*workspace.Workspace) error) error {
	all, err := j.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, w := range all {
		if !w.Left.IsZero() {
			continue // it lives in another house, and stays here as it was when it left
		}
		if err := do(w); err != nil {
			errs = append(errs, fmt.Errorf("workspace %s: %w", w.ID, err))
		}
	}
	return errors.Join(errs...)
}
