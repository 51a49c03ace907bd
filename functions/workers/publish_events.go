package workers

import (
	"context"
	"log/slog"

	"motorpool/shared/api"
	"motorpool/shared/letter"
	"motorpool/shared/outbox"
)

// PublishEvents brings each stored event to the endpoints that want it and to the
// nouns that follow it, and each stored letter to who sends letters. An item that
// is neither is passed over, loudly: it would only hold up the rest.
var PublishEvents = api.Stream{
	Name:   "workers.publish_events",
	About:  "Makes a delivery of each event for each endpoint that wants it, and sends it off; hands letters on to who sends them. Service reminders hear of odometers and assets here, too.",
	Handle: publishEvents,
}

func publishEvents(ctx context.Context, j *api.Job, batch []api.Record) error {
	list := make([]outbox.Stored, 0, len(batch))
	var letters []letter.Errand
	for _, r := range batch {
		if e, is := letter.ErrandOf(r.PK, r.SK); is {
			letters = append(letters, e)
			continue
		}
		e, err := outbox.Read(r.PK, r.SK, r.Doc)
		if err != nil {
			slog.ErrorContext(ctx, "event not published", "pk", r.PK, "sk", r.SK, "error", err)
			continue
		}
		list = append(list, e)
	}
	if err := j.Letters.Post(ctx, letters); err != nil {
		return err
	}
	if err := j.Webhooks.Publish(ctx, list, j.Now); err != nil {
		return err
	}
	return j.Heard(ctx, list, j.Now)
}
