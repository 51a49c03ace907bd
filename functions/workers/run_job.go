package workers

import (
	"context"
	"encoding/json"

	"motorpool/shared/api"
	"motorpool/shared/document"
	"motorpool/shared/exporting"
	"motorpool/shared/fault"
	"motorpool/shared/importing"
	"motorpool/shared/insurance"
	"motorpool/shared/person"
	"motorpool/shared/reminder"
)

// RunJob does one page of work that is too long for a request.
var RunJob = api.Consumer{
	Name:   "workers.run_job",
	About:  "Does a page of recovering, replaying or releasing deliveries, of telling that documents expire or policies end, of applying a template of service reminders, of an import, of an export or of the export of a person, then orders the next.",
	Queue:  "jobs",
	Handle: runJob,
}

func runJob(ctx context.Context, j *api.Job, body json.RawMessage) error {
	var job struct {
		Kind      string `json:"kind"`
		Workspace string `json:"workspace"`
	}
	_ = json.Unmarshal(body, &job) // what is no job is refused by who is asked to do it
	switch job.Kind {
	case exporting.JobKind, importing.JobKind, reminder.JobKind:
		if err := j.Workspaces.Here(ctx, job.Workspace); fault.CodeOf(err) == "workspace.left" {
			return j.Webhooks.Park(ctx, body, j.Now) // goes on where the workspace lives, or if it returns
		} else if err != nil {
			return err
		}
	}
	switch job.Kind {
	case document.JobKind:
		return j.Documents.RunJob(ctx, body, j.Now)
	case exporting.JobKind:
		return j.Exports.RunJob(ctx, body, j.Now)
	case importing.JobKind:
		return j.Imports.RunJob(ctx, body, j.Now)
	case insurance.JobKind:
		return j.Insurance.RunJob(ctx, body, j.Now)
	case person.JobKind:
		return j.People.RunJob(ctx, body, j.Now)
	case reminder.JobKind:
		return j.Reminders.RunJob(ctx, body, j.Now)
	}
	return j.Webhooks.RunJob(ctx, body, j.Now)
}
