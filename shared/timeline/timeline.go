// Package timeline makes something happen again after set waits: the retries of
// a webhook delivery. On AWS a run is one execution of a Step Functions state
// machine; on a machine it is a due item in the file.
//
// The timeline knows when; the task, which it calls, knows what. The number of
// an attempt is what the task says it is, never a count that the timeline keeps.
package timeline

import (
	"context"
	"encoding/json"
	"time"
)

// Plan is the waits of a timeline, in order. Plan[0] lies between Begin and the
// first call of the task; Plan[n-1] follows the failure of attempt n.
//
// Attempt 1 is made before the run begins, so the first call of the task makes
// attempt 2, and a plan of six waits allows seven attempts.
type Plan []time.Duration

// A Run is one way through the plan.
type Run struct {
	ID    string          // unique for ever, at most 80 of [A-Za-z0-9_-]: beginning a run twice is beginning it once
	Input json.RawMessage // a JSON object: what the task needs to find its work
	Wait  time.Duration   // before the first call of the task; at least Plan[0], whole seconds
}

// Timeline begins runs. It is safe for concurrent use.
type Timeline interface {
	// Begin starts r unless a run with this ID was started before. When it
	// returns nil the run survives a crash.
	Begin(ctx context.Context, r Run) error
}

// A Task does what is due. An error means that it could not be done or decided
// (storage is down): the timeline calls it again soon, a few times, and then
// gives the run to its Abandon function.
type Task func(ctx context.Context, input json.RawMessage) (Next, error)

// Next is what a Task wants of the timeline. The zero Next ends the run.
type Next struct {
	Failed int           // the attempt that has just failed: 2 … len(Plan); zero ends the run
	Wait   time.Duration // how long until the next: Plan[Failed-1], or more if the receiver asked for more; whole seconds
}

// Abandon is told of a run whose task kept returning errors.
type Abandon func(ctx context.Context, input json.RawMessage) error
