package webhooks

import (
	"time"

	"motorpool/shared/webhook"
)

// bulkInput asks to recover or replay.
type bulkInput struct {
	ID   string `path:"id" maxLength:"40"`
	Body bulkBody
}

type bulkBody struct {
	Since  time.Time `json:"since" doc:"At this instant or later" example:"2026-02-22T00:00:00Z"`
	Until  time.Time `json:"until,omitzero" doc:"Before this instant; now, if absent" example:"2026-03-01T00:00:00Z"`
	DryRun bool      `json:"dry_run,omitempty" doc:"Only count" example:"false"`
}

func (b bulkBody) window() webhook.Window { return webhook.Window{Since: b.Since, Until: b.Until} }

// bulkView says how much is recovered or replayed.
type bulkView struct {
	Count  int  `json:"count" doc:"Deliveries that are sent, or would be"`
	More   bool `json:"more" doc:"Counting stopped: there are at least so many"`
	DryRun bool `json:"dry_run"`
}

// secretsView is the signing secrets that are live.
type secretsView struct {
	secretView
	Previous []secretView `json:"previous" doc:"Those that sign along until they expire, newest first" nullable:"false"`
}

func secretsViewOf(e *webhook.Endpoint, live []webhook.Secret) secretsView {
	v := secretsView{Previous: []secretView{}}
	for i, s := range live {
		if i == 0 {
			v.secretView = secretViewOf(e, s)
			continue
		}
		v.Previous = append(v.Previous, secretViewOf(e, s))
	}
	return v
}
