package steps

import (
	"context"
	"encoding/json"

	"motorpool/shared/api"
	"motorpool/shared/timeline"
)

// Redeliver makes the attempt of a delivery that is due.
var Redeliver = api.Step{
	Name:  "steps.redeliver",
	About: "Makes the attempt of a delivery that is due, and says when the next one is if it fails.",
	Handle: func(ctx context.Context, j *api.Job, input json.RawMessage) (timeline.Next, error) {
		return j.Webhooks.Redeliver(ctx, input, j.Now)
	},
}
