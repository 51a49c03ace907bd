package sfn

import (
	"bytes"
	"encoding/json"
	"fmt"

	"motorpool/shared/timeline"
)

// The state machine, in Amazon States Language. Field order is the file's order.
// https://states-language.net/spec.html
type machine struct {
	Comment string
	StartAt string
	States  states
}

type states struct {
	FirstWait  state `json:"First wait"`
	Attempt    state `json:"Attempt"`
	HowLong    state `json:"How long"`
	LongerWait state `json:"Longer wait"`
	Abandon    state `json:"Abandon"`
	Abandoned  state `json:"Abandoned"`
}

type state struct {
	Type           string
	Comment        string    `json:",omitzero"`
	SecondsPath    string    `json:",omitzero"`
	Resource       string    `json:",omitzero"`
	TimeoutSeconds int       `json:",omitzero"`
	InputPath      string    `json:",omitzero"`
	Parameters     any       `json:",omitzero"`
	ResultPath     string    `json:",omitzero"`
	Retry          []retrier `json:",omitzero"`
	Catch          []catcher `json:",omitzero"`
	Error          string    `json:",omitzero"`
	Cause          string    `json:",omitzero"`
	Next           string    `json:",omitzero"`
	End            bool      `json:",omitzero"`
}

type retrier struct {
	ErrorEquals     []string
	IntervalSeconds int64   `json:",omitzero"`
	MaxAttempts     int     // 0 is never, and must be said: without it there are 3
	BackoffRate     float64 `json:",omitzero"`
	MaxDelaySeconds int     `json:",omitzero"`
	JitterStrategy  string  `json:",omitzero"`
}

type catcher struct {
	ErrorEquals []string
	ResultPath  string
	Next        string
}

// Definition writes the state machine of plan, which calls the functions with
// these ARNs (or the placeholders that a template fills in).
//
// AWS bills each state that is entered, and each retry as one more
// (https://aws.amazon.com/step-functions/pricing/). So the plain path has none to
// spare: the first wait, then the attempt until it returns, which ends the
// execution. The rare longer wait takes two states more than a plain
// retry.
func Definition(plan timeline.Plan, taskARN, abandonARN string) []byte {
	m := machine{
		Comment: "The retries of one webhook delivery. Written by shared/timeline/sfn from the plan; do not edit.",
		StartAt: "First wait",
		States: states{
			FirstWait: state{
				Type: "Wait", Comment: "The plan's first wait, or longer if the receiver asked for it",
				SecondsPath: "$.wait", Next: "Attempt",
			},
			Attempt: state{
				Type: "Task", Comment: "Ends the execution by returning; an attempt that another follows is an error",
				Resource: taskARN, TimeoutSeconds: 90, InputPath: "$.input", ResultPath: "$.answer",
				Retry: append(steps(plan), retrier{ErrorEquals: []string{longerWait}}, busy, erring),
				Catch: []catcher{
					{ErrorEquals: []string{longerWait}, ResultPath: "$.error", Next: "How long"},
					{ErrorEquals: []string{"States.ALL"}, ResultPath: "$.error", Next: "Abandon"},
				},
				End: true,
			},
			HowLong: state{
				Type: "Pass", Comment: "Reads the seconds that the error names",
				Parameters: readSeconds, ResultPath: "$.longer", Next: "Longer wait",
			},
			LongerWait: state{
				Type: "Wait", Comment: "A step that the receiver made longer", SecondsPath: "$.longer.wait", Next: "Attempt",
			},
			Abandon: state{
				Type: "Task", Resource: abandonARN, TimeoutSeconds: 90, InputPath: "$.input", ResultPath: "$.answer",
				Retry: []retrier{untilHeard}, Next: "Abandoned",
			},
			Abandoned: state{Type: "Fail", Error: "Abandoned", Cause: "The task kept returning errors; the delivery was marked as failed."},
		},
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		panic(fmt.Sprintf("encode the state machine: %v", err)) // strings and numbers: cannot happen
	}
	return b.Bytes()
}

// steps are the waits that follow attempts 2, 3 …, one entry each because an
// entry's interval cannot vary. Each is used once.
func steps(plan timeline.Plan) []retrier {
	var r []retrier
	for n := 2; n <= len(plan); n++ {
		r = append(r, retrier{
			ErrorEquals: []string{attemptFailed(n)}, IntervalSeconds: seconds(plan[n-1]), MaxAttempts: 1, BackoffRate: 1,
		})
	}
	return r
}

// readSeconds takes what stands between two marks in the cause of the error: all
// that the Lambda answered, as text, with the error's message in it.
// https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
var readSeconds = map[string]string{
	"wait.$": "States.StringToJson(States.ArrayGetItem(States.StringSplit($.error.Cause, '" + mark + "'), 1))",
}

var (
	// busy is for Lambda's own trouble, throttling above all: about half an hour.
	// A function that timed out or ran out of memory is Lambda.Unknown and counts
	// as erring.
	// https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html
	busy = retrier{
		ErrorEquals: []string{
			"Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException",
			"Lambda.ClientExecutionTimeoutException", "Lambda.TooManyRequestsException", "States.Timeout",
		},
		IntervalSeconds: 2, MaxAttempts: 12, BackoffRate: 2, MaxDelaySeconds: 300, JitterStrategy: "FULL",
	}
	// erring is for errors of the task: 1 s, 2 s, 4 s … as on a machine. Step
	// Functions counts them for the whole visit to the state, not in a row.
	erring = retrier{
		ErrorEquals:     []string{"States.ALL"},
		IntervalSeconds: seconds(timeline.ErrorWait), MaxAttempts: timeline.ErrorRetries, BackoffRate: 2,
	}
	// untilHeard keeps telling that a run is abandoned, for almost six days: as long
	// as the 25,000 events last that an execution may have, at three a call.
	// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
	untilHeard = retrier{
		ErrorEquals:     []string{"States.ALL"},
		IntervalSeconds: seconds(timeline.ErrorWait), MaxAttempts: 8_000, BackoffRate: 2, MaxDelaySeconds: 64,
	}
)
