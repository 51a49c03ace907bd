package ticks

import (
	"context"

	"motorpool/shared/api"
	"motorpool/shared/workspace"
)

// DisableFailing disables the endpoints that have failed for longer than their
// workspace allows.
var DisableFailing = api.Tick{
	Name:     "ticks.disable_failing",
	About:    "Disables the webhook endpoints that have failed for longer than their workspace allows.",
	Schedule: "rate(1 hour)",
	Handle:   disableFailing,
}

func disableFailing(ctx context.Context, j *api.Job) error {
	return inEach(ctx, j, func(w *workspace.Workspace) error { return j.Webhooks.DisableFailing(ctx, w.ID, j.Now) })
}
