package workers

import (
	"context"
	"encoding/json"

	"motorpool/shared/api"
)

// RunJob does one page of work that is too long for a request.
var RunJob = api.Consumer{
	Name:  "workers.run_job",
	About: "Does a page of recovering, replaying or releasing deliveries, then orders the next.",
	Queue: "jobs",
	Handle: func(ctx context.Context, j *api.Job, body json.RawMessage) error {
		return j.Webhooks.RunJob(ctx, body, j.Now)
	},
}
