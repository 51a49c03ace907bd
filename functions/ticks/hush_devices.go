package ticks

import (
	"context"

	"motorpool/shared/api"
	"motorpool/shared/workspace"
)

// HushDevices marks the tracking devices that have said nothing for more than 24
// hours.
var HushDevices = api.Tick{
	Name:     "ticks.hush_devices",
	About:    "Marks the fitted tracking devices that have been silent for more than 24 hours, and tells of each once.",
	Schedule: "rate(1 hour)",
	Handle:   hushDevices,
}

func hushDevices(ctx context.Context, j *api.Job) error {
	return inEach(ctx, j, func(w *workspace.Workspace) error { return j.Tracking.Hush(ctx, w.ID, j.Now) })
}
