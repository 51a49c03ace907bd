package ticks

import (
	"context"
	"errors"
	"fmt"

	"motorpool/shared/api"
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
	all, err := j.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, w := range all {
		if !w.Left.IsZero() {
			continue
		}
		if err := j.Inspections.Catch(ctx, w.ID, j.Now); err != nil {
			errs = append(errs, fmt.Errorf("workspace %s: %w", w.ID, err))
		}
	}
	return errors.Join(errs...)
}
