package path

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"motorpool/infra/aws/local/source"
	"motorpool/shared/table"
)

// A batch is records of the stream, each as Lambda gets it.
type batch []json.RawMessage

// event is the batch as a Lambda gets it.
func (b batch) event() json.RawMessage {
	return must(json.Marshal(map[string]any{"Records": b}))
}

// read takes n events from the stream, on from where from remembers, and holds
// them back. It is the poller of infra/aws/local, with the template's filter.
func (r *rig) read(from table.Table, streams *dynamodbstreams.Client, n int) (all batch) {
	r.t.Helper()
	ctx, stop := context.WithCancel(r.bounded())
	defer stop()
	m := source.StreamMapping{Stream: r.StreamARN, BatchSize: 100, Patterns: r.patterns(), Function: source.Function{Name: "hold", Timeout: time.Minute}}
	got := make(chan json.RawMessage)
	hold := func(_ context.Context, _ string, event json.RawMessage) (json.RawMessage, error) {
		select {
		case got <- event:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		return nil, nil
	}
	s, err := source.NewStream(source.World{Invoke: hold, Now: r.Now, Notes: from, Log: slog.New(slog.DiscardHandler)}, streams, m)
	if err != nil {
		r.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { s.Serve(ctx); close(ended) }()
	for len(all) < n {
		select {
		case event := <-got:
			var in struct{ Records batch }
			if err := json.Unmarshal(event, &in); err != nil {
				r.t.Fatal(err)
			}
			all = append(all, in.Records...)
		case <-ctx.Done():
			r.t.Fatalf("the stream gave %d events, want %d", len(all), n)
		}
	}
	for !s.Idle() { // until it has noted how far it is
		select {
		case <-got:
			r.t.Fatalf("the stream gave more than %d events", n)
		case <-ctx.Done():
			r.t.Fatal("the stream does not come to its end")
		case <-time.After(time.Millisecond):
		}
	}
	stop()
	<-ended
	return all
}

// next takes the next n events from the stream.
func (r *rig) next(n int) batch { r.t.Helper(); return r.read(r.notes, r.Streams, n) }

// publish gives a batch to the function that the stream wakes.
func (r *rig) publish(b batch) error {
	_, err := r.invoke(r.t.Context(), "workers.publish_events", b.event())
	return err
}

// published does so, and it must go well.
func (r *rig) published(b batch) {
	r.t.Helper()
	if err := r.publish(b); err != nil {
		r.t.Fatal(err)
	}
}

// A message is one as it was handed out.
type message = events.SQSMessage

// take receives the next n messages of the queue of deliveries.
func (r *rig) take(n int) (all []message) {
	r.t.Helper()
	for ctx := r.bounded(); len(all) < n; {
		if ctx.Err() != nil {
			r.t.Fatalf("the queue gave %d messages, want %d", len(all), n)
		}
		all = append(all, r.receive(n-len(all), 5)...)
	}
	return all
}

// receive takes up to n messages and up to ten, waiting some seconds for the first.
func (r *rig) receive(n int, seconds int32) (all []message) {
	r.t.Helper()
	out, err := r.SQS.ReceiveMessage(r.t.Context(), &sqs.ReceiveMessageInput{
		QueueUrl: &r.Config.Deliveries, MaxNumberOfMessages: int32(min(n, 10)), WaitTimeSeconds: seconds,
		MessageSystemAttributeNames: []types.MessageSystemAttributeName{types.MessageSystemAttributeNameAll},
	})
	if err != nil {
		r.t.Fatal(err)
	}
	for _, m := range out.Messages {
		all = append(all, message{
			MessageId: *m.MessageId, ReceiptHandle: *m.ReceiptHandle, Body: *m.Body, Attributes: m.Attributes, EventSource: "aws:sqs",
		})
	}
	return all
}

// sqsEvent is messages as a Lambda gets them.
func sqsEvent(msgs []message) json.RawMessage {
	return must(json.Marshal(events.SQSEvent{Records: msgs}))
}

// deliver gives messages to the function that the queue wakes, deletes those
// that it did, and returns those that it did not.
func (r *rig) deliver(msgs ...message) (failed []message) {
	r.t.Helper()
	answer, err := r.invoke(r.t.Context(), "workers.deliver", sqsEvent(msgs))
	if err != nil {
		r.t.Fatal(err)
	}
	return r.settle(answer, msgs)
}

// settle deletes what an answer of the consumer does not complain of.
func (r *rig) settle(answer json.RawMessage, msgs []message) (failed []message) {
	r.t.Helper()
	var out events.SQSEventResponse
	if err := json.Unmarshal(answer, &out); err != nil {
		r.t.Fatalf("%v in %s", err, answer)
	}
	for _, m := range msgs {
		if slices.Contains(out.BatchItemFailures, events.SQSBatchItemFailure{ItemIdentifier: m.MessageId}) {
			failed = append(failed, m)
			continue
		}
		if _, err := r.SQS.DeleteMessage(r.t.Context(), &sqs.DeleteMessageInput{QueueUrl: &r.Config.Deliveries, ReceiptHandle: &m.ReceiptHandle}); err != nil {
			r.t.Fatal(err)
		}
	}
	return failed
}

// delivered does so, and all must go well.
func (r *rig) delivered(msgs ...message) {
	r.t.Helper()
	if failed := r.deliver(msgs...); len(failed) > 0 {
		r.t.Fatalf("%d of %d messages failed: %+v", len(failed), len(msgs), failed)
	}
}

// flow carries some events from the stream to the queue, and the deliveries that
// they make to the receiver.
func (r *rig) flow(events, deliveries int) {
	r.t.Helper()
	r.published(r.next(events))
	r.deliverAll(deliveries)
}

// deliverAll takes n messages and delivers them, ten at a time, as AWS does.
func (r *rig) deliverAll(n int) {
	r.t.Helper()
	for n > 0 {
		msgs := r.take(min(n, 10))
		r.delivered(msgs...)
		n -= len(msgs)
	}
}
