package moving

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"motorpool/shared/fault"
	"motorpool/shared/workspace"
)

const (
	// Drain is how long an export from AWS waits for the queues to be empty,
	// unless it is told otherwise.
	Drain = 15 * time.Minute

	// Hidden is how long SQS keeps a message from everybody that a worker was
	// handed and did not finish: the longest VisibilityTimeout of the queues in
	// template.yaml. Whoever goes on past queues that are not empty has waited at
	// least so long.
	Hidden = 12 * time.Minute

	// calm is for how long the queues have to look empty: what SQS says of them
	// is right a minute after the last message was sent.
	// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
	calm = time.Minute

	lookEvery = 5 * time.Second
)

// drain waits until the queues are empty. The house's own workers store what a
// message of a workspace that has left asks for, and so empty them of ours; which
// messages are ours, SQS does not say.
func (h *House) drain(ctx context.Context, w *workspace.Workspace, o Order) error {
	if h.Queued == nil {
		return nil
	}
	from := h.Now()
	if h.Busy { // what counts is how long nothing of ours can have been sent
		from = w.Left.Add(h.Settle)
	}
	now := time.Now() // a wait takes real time, whatever the product's clock says
	until, empty, told := now.Add(from.Add(h.Drain).Sub(h.Now())), now, false
	for {
		n, err := h.Queued(ctx)
		if err != nil {
			return err
		}
		now = time.Now()
		if n > 0 {
			empty = now
		}
		switch {
		case n == 0 && now.Sub(empty) >= min(calm, h.Settle):
			return nil
		case n > 0 && !now.Before(until):
			return h.busy(n, o)
		case !told:
			told = true
			fmt.Fprintf(o.Err, "waiting for the queues to be empty; messages in them: %d\n", n)
		}
		if err := pause(ctx, max(time.Millisecond, min(lookEvery, h.Drain/10))); err != nil {
			return err
		}
	}
}

// busy says what becomes of an export from a house whose queues are not empty
// after all the time that they had.
func (h *House) busy(n int, o Order) error {
	if h.Busy {
		fmt.Fprintf(o.Err, "going on although the queues are not empty; messages in them: %d\n", n)
		return nil
	}
	return fault.New(fault.Conflict, "moving.queues", "Messages that are still in the queues: %d. Work of this workspace may be among them. Run the same export again later: it goes on. If other workspaces keep the queues busy, and CloudWatch says that the oldest message of each queue is younger than the time since the workspace left, add -busy-queues: every message that was sent before it left has been handed out by then.", n)
}

// queued counts the messages of queues: those that wait, those that somebody was
// handed, and those that are put off.
func queued(ctx context.Context, client *sqs.Client, urls ...string) (total int, err error) {
	counts := []types.QueueAttributeName{
		types.QueueAttributeNameApproximateNumberOfMessages,
		types.QueueAttributeNameApproximateNumberOfMessagesNotVisible,
		types.QueueAttributeNameApproximateNumberOfMessagesDelayed,
	}
	for _, url := range urls {
		out, err := client.GetQueueAttributes(ctx, &sqs.GetQueueAttributesInput{QueueUrl: &url, AttributeNames: counts})
		if _, missing := errors.AsType[*types.QueueDoesNotExist](err); missing {
			return 0, fault.New(fault.NotFound, "moving.no_queue", "There is no queue %s in this account and region. Give the values of the stack's outputs DeliveriesQueue, JobsQueue and LettersQueue.", url)
		}
		if err != nil {
			return 0, err
		}
		for _, name := range counts {
			n, err := strconv.Atoi(out.Attributes[string(name)])
			if err != nil {
				return 0, fmt.Errorf("moving: SQS does not say %s of %s: %w", name, url, err)
			}
			total += n
		}
	}
	return total, nil
}
