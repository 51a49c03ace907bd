package steps

import (
	"context"
	"encoding/json"

	"motorpool/shared/api"
	"motorpool/shared/timeline"
)

// Abandon ends a delivery whose attempts could not be made or decided.
var Abandon = api.Step{
	Name:  "steps.abandon",
	About: "Ends a delivery as failed because Motorpool itself could not carry on with it.",
	Handle: func(ctx context.Context, j *api.Job, input json.RawMessage) (timeline.Next, error) {
		return timeline.Next{}, j.Webhooks.Abandon(ctx, input, j.Now)
	},
}
