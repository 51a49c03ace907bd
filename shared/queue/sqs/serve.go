package sqs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"motorpool/shared/queue"
)

const (
	maxInFlight = 256 // handlers of one Serve
	longPoll    = 20  // seconds
)

var wanted = []types.MessageSystemAttributeName{
	types.MessageSystemAttributeNameApproximateReceiveCount, types.MessageSystemAttributeNameMessageGroupId,
}

// Serve polls until ctx ends. It returns an error only if there is no such queue;
// anything else passes, and is logged.
func (q *Queue) Serve(ctx context.Context, h queue.Handler) error {
	var running sync.WaitGroup
	defer running.Wait()
	room := make(chan struct{}, maxInFlight)
	for ctx.Err() == nil {
		n := reserve(room)
		msgs, err := q.receive(ctx, n)
		for range n - len(msgs) {
			<-room
		}
		for _, m := range msgs {
			running.Go(func() {
				defer func() { <-room }()
				q.work(context.WithoutCancel(ctx), h, m)
			})
		}
		if _, absent := errors.AsType[*types.QueueDoesNotExist](err); absent {
			return fmt.Errorf("serve %s: %w", q.url, err)
		}
		if err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "queue not read", "queue", q.url, "error", err)
			pause(ctx, time.Second)
		}
	}
	return nil
}

// reserve takes one to ten places, waiting for the first.
func reserve(room chan<- struct{}) int {
	room <- struct{}{}
	for n := 1; n < maxEntries; n++ {
		select {
		case room <- struct{}{}:
		default:
			return n
		}
	}
	return maxEntries
}

func (q *Queue) receive(ctx context.Context, n int) ([]types.Message, error) {
	got, err := q.client().ReceiveMessage(ctx, &sqs.ReceiveMessageInput{
		QueueUrl: &q.url, MaxNumberOfMessages: int32(n), WaitTimeSeconds: longPoll, MessageSystemAttributeNames: wanted,
	})
	if err != nil {
		return nil, err
	}
	return got.Messages, nil
}

// work handles m and deletes it if that went well. Otherwise SQS hands it out
// again by itself.
func (q *Queue) work(ctx context.Context, h queue.Handler, m types.Message) {
	err := call(ctx, h, message(aws.ToString(m.MessageId), aws.ToString(m.Body), m.Attributes))
	if err == nil {
		_, err = q.client().DeleteMessage(ctx, &sqs.DeleteMessageInput{QueueUrl: &q.url, ReceiptHandle: m.ReceiptHandle})
	}
	if err != nil {
		slog.WarnContext(ctx, "message failed", "queue", q.url, "message", aws.ToString(m.MessageId), "error", err)
	}
}

// message makes ours of what SQS and Lambda say of one, with the same attributes.
func message(id, body string, attributes map[string]string) queue.Message {
	receives, _ := strconv.Atoi(attributes[string(types.MessageSystemAttributeNameApproximateReceiveCount)])
	return queue.Message{
		ID: id, Body: json.RawMessage(body), Receives: receives,
		Group: attributes[string(types.MessageSystemAttributeNameMessageGroupId)],
	}
}

// call makes an error of a panic.
func call(ctx context.Context, h queue.Handler, m queue.Message) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h(ctx, m)
}

// Batch makes h a Lambda function on an event source mapping with
// ReportBatchItemFailures. The messages of a batch are handled together; those
// that failed or panicked come again, the others are gone. Messages with equal
// bodies are one piece of work that was sent twice: it is done once, and what
// becomes of it becomes of all of them.
func Batch(h queue.Handler) func(context.Context, events.SQSEvent) (events.SQSEventResponse, error) {
	return func(ctx context.Context, e events.SQSEvent) (events.SQSEventResponse, error) {
		errs := make([]error, len(e.Records))
		var all sync.WaitGroup
		for i, r := range e.Records {
			if original(e.Records, i) == i {
				all.Go(func() { errs[i] = call(ctx, h, message(r.MessageId, r.Body, r.Attributes)) })
			}
		}
		all.Wait()
		for i := range errs {
			errs[i] = errs[original(e.Records, i)]
		}
		failures := []events.SQSBatchItemFailure{} // never null: that would fail the whole batch
		for i, r := range e.Records {
			if errs[i] != nil {
				slog.WarnContext(ctx, "message failed", "queue", r.EventSourceARN, "message", r.MessageId, "error", errs[i])
				failures = append(failures, events.SQSBatchItemFailure{ItemIdentifier: r.MessageId})
			}
		}
		return events.SQSEventResponse{BatchItemFailures: failures}, nil
	}
}

// original is the first message of a batch with the body of the one at i.
func original(batch []events.SQSMessage, i int) int {
	return slices.IndexFunc(batch, func(m events.SQSMessage) bool { return m.Body == batch[i].Body })
}
