package lambda

import (
	"context"
	"encoding/json"

	"motorpool/shared/api"
	"motorpool/shared/queue"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
)

// stream hands newly stored events to s, a batch at a time. On an error AWS
// halves the batch and hands both halves out again.
func (p *product) stream(s api.Stream) func(context.Context, streamEvent) error {
	return func(ctx context.Context, in streamEvent) error {
		defer p.counted()
		batch, err := in.records()
		if err == nil && len(batch) > 0 {
			err = s.Handle(ctx, p.job(), batch)
		}
		p.failed(ctx, s.Name, err)
		return err
	}
}

// consumer does the work of one queue: the messages of a batch side by side.
// Those that could not be done are handed out again, alone.
func (p *product) consumer(c api.Consumer, batch func(queue.Handler) consumption) consumption {
	work := batch(func(ctx context.Context, m queue.Message) error {
		err := c.Handle(ctx, p.job(), m.Body)
		p.failed(ctx, c.Name, err) // to Lambda a batch of which some failed went well
		return err
	})
	return func(ctx context.Context, in sqsEvent) (sqsResponse, error) {
		defer p.counted()
		return work(table.Together(ctx), in)
	}
}

// streamEvent is what DynamoDB streams send, as far as we read it.
type streamEvent struct {
	Records []struct {
		EventName string `json:"eventName"`
		Change    struct {
			NewImage json.RawMessage
		} `json:"dynamodb"`
	}
}

// records are the items that were newly stored. The event source mapping in
// template.yaml lets only events through, which are never changed; what else
// came is not for us.
func (in streamEvent) records() ([]api.Record, error) {
	var all []api.Record
	for _, r := range in.Records {
		if r.EventName != "INSERT" || dynamo.Moved(r.Change.NewImage) {
			continue
		}
		it, err := dynamo.Record(r.Change.NewImage)
		if err != nil {
			return nil, err
		}
		all = append(all, api.Record{PK: it.Key.PK, SK: it.Key.SK, Doc: it.Doc})
	}
	return all, nil
}
