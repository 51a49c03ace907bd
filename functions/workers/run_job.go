package workers

import (
	"context"
	"encoding/json"

	"motorpool/shared/api"
	"motorpool/shared/document"
)

// RunJob does one page of work that is too long for a request.
var RunJob = api.Consumer{
	Name:   "workers.run_job",
	About:  "Does a page of recovering, replaying or releasing deliveries, or of telling that documents expire, then orders the next.",
	Queue:  "jobs",
	Handle: runJob,
}

func runJob(ctx context.Context, j *api.Job, body json.RawMessage) error {
	var job struct {
		Kind string `json:"kind"`
	}
	_ = json.Unmarshal(body, &job) // what is no job is refused by who is asked to do it
	if job.Kind == document.JobKind {
		return j.Documents.RunJob(ctx, body, j.Now)
	}
	return j.Webhooks.RunJob(ctx, body, j.Now)
}
