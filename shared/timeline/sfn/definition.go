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
	Longer     state `json:"Longer?"`
	LongerWait state `json:"Longer wait"`
	Done       state `json:"Done"`
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
	ResultPath     string    `json:",omitzero"`
	Retry          []retrier `json:",omitzero"`
	Catch          []catcher `json:",omitzero"`
	Choices        []choice  `json:",omitzero"`
	Default        string    `json:",omitzero"`
	Error          string    `json:",omitzero"`
	Cause          string    `json:",omitzero"`
	Next           string    `json:",omitzero"`
}

type retrier struct {
	ErrorEquals     []string
	IntervalSeconds int64
	MaxAttempts     int
	BackoffRate     float64
	MaxDelaySeconds int    `json:",omitzero"`
	JitterStrategy  string `json:",omitzero"`
}

type catcher struct {
	ErrorEquals []string
	ResultPath  string
	Next        string
}

type choice struct {
	Variable  string
	IsPresent bool
	Next      string
}

// Definition writes the state machine of plan, which calls the functions with
// these ARNs (or the placeholders that a template fills in).
//
// On the plain path, where every attempt fails and no receiver asks for more
// time, an execution makes 8 transitions: from the first wait to the attempt,
// five times back to the attempt, to the choice, and to its end.
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
				Type: "Task", Resource: taskARN, TimeoutSeconds: 90, InputPath: "$.input", ResultPath: "$.answer",
				Retry: append(steps(plan), busy, erring),
				Catch: []catcher{{ErrorEquals: []string{"States.ALL"}, ResultPath: "$.error", Next: "Abandon"}},
				Next:  "Longer?",
			},
			Longer: state{
				Type: "Choice", Choices: []choice{{Variable: "$.answer.wait", IsPresent: true, Next: "Longer wait"}}, Default: "Done",
			},
			LongerWait: state{
				Type: "Wait", Comment: "A step that the receiver made longer", SecondsPath: "$.answer.wait", Next: "Attempt",
			},
			Done: state{Type: "Succeed"},
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
