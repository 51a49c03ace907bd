package workers

import (
	"context"
	"log/slog"

	"motorpool/shared/api"
	"motorpool/shared/outbox"
)

// PublishEvents brings each stored event to the endpoints that want it. An item
// that is no event is passed over, loudly: it would only hold up the rest.
var PublishEvents = api.Stream{
	Name:   "workers.publish_events",
	About:  "Makes a delivery of each event for each endpoint that wants it, and sends it off.",
	Handle: publishEvents,
}

func publishEvents(ctx context.Context, j *api.Job, batch []api.Record) error {
	list := make([]outbox.Stored, 0, len(batch))
	for _, r := range batch {
		e, err := outbox.Read(r.PK, r.SK, r.Doc)
		if err != nil {
			slog.ErrorContext(ctx, "event not published", "pk", r.PK, "sk", r.SK, "error", err)
			continue
		}
		list = append(list, e)
	}
	return j.Webhooks.Publish(ctx, list, j.Now)
}
