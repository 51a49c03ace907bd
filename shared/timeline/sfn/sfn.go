// Package sfn is a timeline on AWS Step Functions: a run is one execution of the
// state machine that Definition describes, and its task is a Lambda function
// whose answers Answer makes.
//
// The name of an execution is the run's ID. Step Functions refuses a name that
// it has seen in the last 90 days, which is how a run is begun once.
package sfn

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"
	"github.com/aws/smithy-go"

	"motorpool/shared/fault"
	"motorpool/shared/timeline"
)

// Timeline is a timeline.Timeline on a state machine. It is safe for concurrent use.
type Timeline struct {
	client  func() *sfn.Client
	machine string
	plan    timeline.Plan
}

var _ timeline.Timeline = (*Timeline)(nil)

// New returns the timeline of the state machine with this ARN, which must have
// been made by Definition for the same plan. The client is asked for when it is
// needed first.
func New(client func() *sfn.Client, machineARN string, plan timeline.Plan) *Timeline {
	return &Timeline{client, machineARN, plan}
}

// Open is New with a client of cfg, made when it is needed first.
func Open(cfg aws.Config, machineARN string, plan timeline.Plan) timeline.Timeline {
	return New(sync.OnceValue(func() *sfn.Client { return sfn.NewFromConfig(cfg) }), machineARN, plan)
}

// execution is the input of an execution: the first wait in seconds, and what
// the task is given.
type execution struct {
	Wait  int64           `json:"wait"`
	Input json.RawMessage `json:"input"`
}

// Begin starts the execution called r.ID. The SDK has tried a few times already
// when it reports fault.Unavailable.
func (t *Timeline) Begin(ctx context.Context, r timeline.Run) error {
	if err := t.plan.Validate(r); err != nil {
		return err
	}
	input, err := json.Marshal(execution{seconds(r.Wait), r.Input})
	if err != nil {
		return err
	}
	_, err = t.client().StartExecution(ctx, &sfn.StartExecutionInput{
		StateMachineArn: &t.machine, Name: &r.ID, Input: aws.String(string(input)),
	})
	if _, begun := errors.AsType[*types.ExecutionAlreadyExists](err); begun {
		return nil
	}
	return explain(ctx, err)
}

// throttled knows the error codes of throttling, for which the SDK has a list.
var throttled = retry.ThrottleErrorCode{Codes: retry.DefaultThrottleErrorCodes}

func explain(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return errors.Join(err, ctx.Err())
	}
	api, answered := errors.AsType[smithy.APIError](err)
	if !answered || api.ErrorFault() == smithy.FaultServer || api.ErrorCode() == "ExecutionLimitExceeded" ||
		throttled.IsErrorThrottle(err) == aws.TrueTernary {
		return fault.New(fault.Unavailable, "timeline.busy", "The retry could not be scheduled. Please try again in a moment.").Because(err)
	}
	return fmt.Errorf("start execution: %w", err)
}

// Answer turns what a task wants into what its Lambda function returns.
//
// A failed attempt that is followed by the plan's wait is an error called
// Attempt<n>Failed, which the state machine's Retry entries know, and one that is
// followed by a longer wait is a LongerWait, which names the seconds between two
// marks. Step Functions reads the name from messages.InvokeResponse_Error, which
// the Lambda runtime recognises only by value. The end is an ordinary answer:
// {"done": true}.
func Answer(next timeline.Next, plan timeline.Plan) (any, error) {
	wait, again, err := plan.After(next)
	switch {
	case err != nil:
		return nil, err
	case !again:
		return done{true}, nil
	case wait > plan[next.Failed-1]:
		return nil, messages.InvokeResponse_Error{
			Type:    longerWait,
			Message: fmt.Sprintf("Attempt %d failed; the next follows in "+mark+"%d"+mark+" seconds, as the receiver asks.", next.Failed, seconds(wait)),
		}
	}
	return nil, messages.InvokeResponse_Error{
		Type:    attemptFailed(next.Failed),
		Message: fmt.Sprintf("Attempt %d failed; the next follows in %s.", next.Failed, wait),
	}
}

type done struct {
	Done bool `json:"done"`
}

const (
	longerWait = "LongerWait"
	mark       = "|" // around the seconds of a LongerWait; JSON writes it as it is
)

func attemptFailed(n int) string { return fmt.Sprintf("Attempt%dFailed", n) }

func seconds(d time.Duration) int64 { return int64(d / time.Second) }
