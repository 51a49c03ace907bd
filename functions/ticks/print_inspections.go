package ticks

import (
	"context"

	"motorpool/shared/api"
	"motorpool/shared/workspace"
)

// PrintInspections makes the reports of inspections that could not be made when
// they were completed.
var PrintInspections = api.Tick{
	Name:     "ticks.print_inspections",
	About:    "Makes the reports of inspections that could not be made when they were completed.",
	Schedule: "rate(1 hour)",
	Handle:   printInspections,
}

func printInspections(ctx context.Context, j *api.Job) error {
	if j.Inspections.Files == nil {
		return nil // nothing is stored here
	}
	return inEach(ctx, j, func(w *workspace.Workspace) error { return j.Inspections.Catch(ctx, w.ID, j.Now) })
}
