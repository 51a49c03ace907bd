// Package sqs is a queue on Amazon SQS: a standard queue, so in no promised
// order and at least once, and a fair one, because every message names its group.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
//
// Visibility timeout, limit of receives and the queue of dead letters are
// settings of the SQS queue (template.yaml). In Lambda, AWS receives and deletes,
// and Batch turns a queue.Handler into the function; Serve is for processes.
//
// Where SQS is looser than the embedded queue: now and then it hands a message
// out twice at once, and fairness reorders what waits but caps nobody.
package sqs

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"
	"golang.org/x/sync/errgroup"

	"motorpool/shared/fault"
	"motorpool/shared/queue"
)

// Queue is a queue.Queue on SQS. It is safe for concurrent use.
type Queue struct {
	client func() calls
	url    string
}

var _ queue.Queue = (*Queue)(nil)

// New returns the queue with this URL. The client is asked for when it is needed
// first.
func New(client func() *sqs.Client, url string) *Queue {
	return &Queue{func() calls { c := client(); return calls{c.DeleteMessage, c.ReceiveMessage, c.SendMessageBatch} }, url}
}

// calls are the operations of SQS that are used. The adapter keeps them and not
// the client, which has a method for each there is: a binary with templates in it
// keeps all methods of all types that it can reach.
type calls struct {
	DeleteMessage    func(context.Context, *sqs.DeleteMessageInput, ...func(*sqs.Options)) (*sqs.DeleteMessageOutput, error)
	ReceiveMessage   func(context.Context, *sqs.ReceiveMessageInput, ...func(*sqs.Options)) (*sqs.ReceiveMessageOutput, error)
	SendMessageBatch func(context.Context, *sqs.SendMessageBatchInput, ...func(*sqs.Options)) (*sqs.SendMessageBatchOutput, error)
}

// Open is New with a client of cfg, made when it is needed first.
func Open(cfg aws.Config, url string) queue.Queue {
	return New(sync.OnceValue(func() *sqs.Client { return sqs.NewFromConfig(cfg) }), url)
}

const (
	maxEntries = 10      // of a batch
	maxBatch   = 262_144 // bytes of a batch's bodies; AWS takes more today, emulators do not
	atOnce     = 8       // batches on their way at once
	tries      = 4       // of a batch, for what SQS accepted the call for and refused
)

// Send sends the messages in batches of ten, several at once. What SQS refuses
// for a moment is sent again a few times; then Send gives up and says which.
func (q *Queue) Send(ctx context.Context, msgs ...queue.Message) error {
	if err := queue.Validate(msgs); err != nil {
		return err
	}
	var batches errgroup.Group
	batches.SetLimit(atOnce)
	for len(msgs) > 0 {
		n := fit(msgs)
		batch := entries(msgs[:n])
		msgs = msgs[n:]
		batches.Go(func() error { return q.send(ctx, batch) })
	}
	return batches.Wait()
}

// fit reports how many of msgs go into one batch.
func fit(msgs []queue.Message) int {
	size := 0
	for i, m := range msgs {
		if size += len(m.Body); i == maxEntries || i > 0 && size > maxBatch {
			return i
		}
	}
	return len(msgs)
}

func entries(msgs []queue.Message) []types.SendMessageBatchRequestEntry {
	batch := make([]types.SendMessageBatchRequestEntry, len(msgs))
	for i, m := range msgs {
		batch[i] = types.SendMessageBatchRequestEntry{
			Id:             aws.String(strconv.Itoa(i)),
			MessageBody:    aws.String(string(m.Body)),
			MessageGroupId: aws.String(m.Group),
			DelaySeconds:   int32((m.Delay + time.Second - 1) / time.Second), // never early
		}
	}
	return batch
}

func (q *Queue) send(ctx context.Context, batch []types.SendMessageBatchRequestEntry) error {
	for try := 1; ; try++ {
		sent, err := q.client().SendMessageBatch(ctx, &sqs.SendMessageBatchInput{QueueUrl: &q.url, Entries: batch})
		if err != nil {
			return explain(ctx, err)
		}
		var lasting bool
		if batch, lasting, err = refused(batch, sent.Failed); err == nil {
			return nil
		}
		if lasting || try == tries || !pause(ctx, 100*time.Millisecond<<try) {
			return explain(ctx, err)
		}
	}
}

// refused returns the entries that SQS did not take, why, and whether for good.
func refused(batch []types.SendMessageBatchRequestEntry, failed []types.BatchResultErrorEntry) (left []types.SendMessageBatchRequestEntry, lasting bool, err error) {
	for _, f := range failed {
		for _, e := range batch {
			if aws.ToString(e.Id) == aws.ToString(f.Id) {
				left = append(left, e)
			}
		}
		lasting = lasting || f.SenderFault
		err = errors.Join(err, fmt.Errorf("message %s of a batch: %s: %s", aws.ToString(f.Id), aws.ToString(f.Code), aws.ToString(f.Message)))
	}
	return left, lasting, err
}

// pause waits, and reports false if ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// explain makes a fault of what the SDK reports after its own retries.
func explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return errors.Join(ctx.Err(), err)
	}
	return fault.New(fault.Unavailable, "queue.busy", "The work could not be queued. Please try again in a moment.").Because(err)
}
