package ticks

import (
	"context"

	"motorpool/shared/api"
	"motorpool/shared/workspace"
)

// DocumentExpiry begins the morning of each workspace in which it has come: who
// is to be told that documents expire is told in jobs.
var DocumentExpiry = api.Tick{
	Name:     "ticks.document_expiry",
	About:    "Tells of documents that expire soon or have expired, once a day at 7 o'clock in each workspace.",
	Schedule: "rate(1 hour)",
	Handle:   documentExpiry,
}

func documentExpiry(ctx context.Context, j *api.Job) error {
	return inEach(ctx, j, func(w *workspace.Workspace) error { return j.Documents.Tick(ctx, w.ID, j.Now) })
}
