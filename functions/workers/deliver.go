package workers

import (
	"context"
	"encoding/json"

	"motorpool/shared/api"
)

// Deliver makes the first attempt of a delivery's round.
var Deliver = api.Consumer{
	Name:  "workers.deliver",
	About: "Makes the first attempt of a delivery's round; if it fails, the timeline of retries begins.",
	Queue: "deliveries",
	Handle: func(ctx context.Context, j *api.Job, body json.RawMessage) error {
		return j.Webhooks.Deliver(ctx, body, j.Now)
	},
}
