package source

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
)

// QueueMapping is an event source mapping of a queue, as template.yaml declares
// it, with partial batch responses.
type QueueMapping struct {
	URL        string
	ARN        string
	Function   Function
	BatchSize  int           // messages of one call
	AtOnce     int           // most calls at once; zero is atOnce
	Visibility time.Duration // the queue's: from a failed hand-out to the next
}

// atOnce is enough for one machine. Lambda begins with 5 and goes up to 1,250.
const atOnce = 32

// A Queue hands messages to a function and deletes those that went well. The
// others come again after the queue's visibility timeout. It is a host.Source.
type Queue struct {
	world  World
	client *sqs.Client
	m      QueueMapping
	*pulse
	later

	mu       sync.Mutex
	inFlight int // calls
}

// NewQueue polls nothing before Serve.
func NewQueue(w World, client *sqs.Client, m QueueMapping) *Queue {
	if m.AtOnce == 0 {
		m.AtOnce = atOnce
	}
	return &Queue{world: w, client: client, m: m, pulse: newPulse()}
}

// Ask makes Idle false until the queue has been found empty.
func (q *Queue) Ask() { q.ask() }

// Idle reports that all that was sent before the last Ask has been handed out,
// and that no call is under way.
func (q *Queue) Idle() bool {
	q.mu.Lock()
	busy := q.inFlight > 0
	q.mu.Unlock()
	return !busy && !q.due(q.world.Now()) && q.rests()
}

// Wake does what has fallen due.
func (q *Queue) Wake() { q.nudge() }

// Serve polls until ctx ends, and returns when the calls under way have.
func (q *Queue) Serve(ctx context.Context) {
	var running sync.WaitGroup
	defer running.Wait()
	room := make(chan struct{}, q.m.AtOnce)
	for ctx.Err() == nil {
		room <- struct{}{}
		began := q.look()
		batch, err := q.receive(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			q.world.Log.WarnContext(ctx, "queue not read", "queue", q.m.URL, "err", err)
			q.wait(ctx, time.Second)
		case err == nil && len(batch) == 0:
			q.nothing(began)
			if q.world.Frozen {
				q.wait(ctx, time.Second)
			}
		case len(batch) > 0:
			q.count(1)
			running.Go(func() {
				defer func() { <-room }()
				defer q.count(-1)
				q.hand(ctx, batch)
			})
			continue
		}
		<-room
	}
}

func (q *Queue) count(n int) {
	q.mu.Lock()
	q.inFlight += n
	q.mu.Unlock()
}

// receive does what was put off till now, and takes a batch. On a clock that
// runs it waits a second for one.
func (q *Queue) receive(ctx context.Context) ([]types.Message, error) {
	if err := q.later.run(ctx, q.world.Now()); err != nil {
		return nil, err
	}
	in := &sqs.ReceiveMessageInput{
		QueueUrl: &q.m.URL, MaxNumberOfMessages: int32(min(q.m.BatchSize, 10)),
		MessageSystemAttributeNames: []types.MessageSystemAttributeName{types.MessageSystemAttributeNameAll},
	}
	if !q.world.Frozen {
		in.WaitTimeSeconds = 1
	}
	out, err := q.client.ReceiveMessage(ctx, in)
	if err != nil {
		return nil, err
	}
	return out.Messages, nil
}

// hand gives the function a batch and deletes what it did not report.
func (q *Queue) hand(ctx context.Context, batch []types.Message) {
	ctx = context.WithoutCancel(ctx)
	answer, err := q.world.call(ctx, q.m.Function, q.event(batch))
	failed := map[string]bool{}
	if err == nil {
		failed, err = reported(answer, batch)
	}
	if err != nil {
		q.world.Log.WarnContext(ctx, "batch failed", "function", q.m.Function.Name, "messages", len(batch), "err", err)
	}
	done := slices.DeleteFunc(slices.Clone(batch), func(m types.Message) bool { return err != nil || failed[aws.ToString(m.MessageId)] })
	stay := q.remove(ctx, done)
	for _, m := range batch {
		if id := aws.ToString(m.MessageId); err != nil || failed[id] || stay[id] {
			q.again(m)
		}
	}
}

// remove deletes messages, and returns which could not be.
func (q *Queue) remove(ctx context.Context, done []types.Message) (stay map[string]bool) {
	if len(done) == 0 {
		return nil
	}
	entries := make([]types.DeleteMessageBatchRequestEntry, len(done))
	stay = map[string]bool{}
	for i, m := range done {
		entries[i] = types.DeleteMessageBatchRequestEntry{Id: m.MessageId, ReceiptHandle: m.ReceiptHandle}
		stay[aws.ToString(m.MessageId)] = true
	}
	out, err := q.client.DeleteMessageBatch(ctx, &sqs.DeleteMessageBatchInput{QueueUrl: &q.m.URL, Entries: entries})
	if err == nil {
		for _, m := range out.Successful {
			delete(stay, aws.ToString(m.Id))
		}
	}
	if len(stay) > 0 {
		q.world.Log.WarnContext(ctx, "messages not deleted; they come again", "queue", q.m.URL, "messages", len(stay), "err", err)
	}
	return stay
}

// event is a batch as Lambda sends it.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
func (q *Queue) event(batch []types.Message) events.SQSEvent {
	all := make([]events.SQSMessage, len(batch))
	for i, m := range batch {
		all[i] = events.SQSMessage{
			MessageId: aws.ToString(m.MessageId), ReceiptHandle: aws.ToString(m.ReceiptHandle), Body: aws.ToString(m.Body),
			Md5OfBody: aws.ToString(m.MD5OfBody), Attributes: m.Attributes, MessageAttributes: map[string]events.SQSMessageAttribute{},
			EventSource: "aws:sqs", EventSourceARN: q.m.ARN,
		}
	}
	return events.SQSEvent{Records: all}
}

// reported reads a partial batch response. One that names a message which was
// not in the batch fails all of it, as with Lambda.
func reported(answer json.RawMessage, batch []types.Message) (map[string]bool, error) {
	var said events.SQSEventResponse
	if len(answer) > 0 {
		if err := json.Unmarshal(answer, &said); err != nil {
			return nil, err
		}
	}
	sent, failed := map[string]bool{}, map[string]bool{}
	for _, m := range batch {
		sent[aws.ToString(m.MessageId)] = true
	}
	for _, f := range said.BatchItemFailures {
		if !sent[f.ItemIdentifier] {
			return nil, fmt.Errorf("the response names %q, which is not in the batch", f.ItemIdentifier)
		}
		failed[f.ItemIdentifier] = true
	}
	return failed, nil
}

// again lets a message that failed come again. The queue does so by itself, by
// the real clock; on one that stands still it is made visible when its time has
// come by that.
func (q *Queue) again(m types.Message) {
	if !q.world.Frozen {
		return
	}
	q.later.add(q.world.Now().Add(q.m.Visibility), func(ctx context.Context) error {
		_, err := q.client.ChangeMessageVisibility(ctx, &sqs.ChangeMessageVisibilityInput{
			QueueUrl: &q.m.URL, ReceiptHandle: m.ReceiptHandle, VisibilityTimeout: 0,
		})
		if err == nil {
			q.ask()
		}
		return err
	})
}

// Delay does send by the clock when d has passed: SQS's own delay runs on the
// real clock. What waits here does not survive a crash, so this is for a clock
// that stands still.
func (q *Queue) Delay(d time.Duration, send func(context.Context) error) {
	q.later.add(q.world.Now().Add(d), func(ctx context.Context) error {
		err := send(ctx)
		if err == nil {
			q.ask()
		}
		return err
	})
}
