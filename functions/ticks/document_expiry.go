package ticks

import (
	"context"
	"errors"
	"fmt"

	"motorpool/shared/api"
)

// DocumentExpiry begins the morning of each workspace in which it has come: who
// is to be told that documents expire is told in jobs. One workspace's trouble
// does not keep the others waiting.
var DocumentExpiry = api.Tick{
	Name:     "ticks.document_expiry",
	About:    "Tells of documents that expire soon or have expired, once a day at 7 o'clock in each workspace.",
	Schedule: "rate(1 hour)",
	Handle:   documentExpiry,
}

func documentExpiry(ctx context.Context, j *api.Job) error {
	all, err := j.Workspaces.List(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, w := range all {
		if !w.Left.IsZero() {
			continue
		}
		if err := j.Documents.Tick(ctx, w.ID, j.Now); err != nil {
			errs = append(errs, fmt.Errorf("workspace %s: %w", w.ID, err))
		}
	}
	return errors.Join(errs...)
}
