// Package timelinetest is the definition of timeline.Timeline, in the form of a
// test. An adapter is done when Run passes against it.
//
// The stories last for days, so they are told on a clock that the adapter's
// harness moves: the embedded timeline's, or that of an interpreter of the state
// machine.
package timelinetest

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"motorpool/shared/timeline"
)

// Plan is the one that the stories are about: the waits of a webhook delivery.
var Plan = timeline.Plan{5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour}

// Open makes an empty timeline of Plan, served by task and abandon.
type Open func(t *testing.T, task timeline.Task, abandon timeline.Abandon) World

// World is a timeline under test and its clock.
type World struct {
	timeline.Timeline
	Now  func() time.Time
	Play func() // lets time pass until nothing is left to happen
}

// Run runs the suite.
func Run(t *testing.T, open Open) {
	for _, tt := range []struct {
		name string
		test func(*testing.T, Open)
	}{
		{"follows the plan to its end", testPlan},
		{"ends when the task does", testEnds},
		{"waits longer at first", testFirstWait},
		{"waits longer where the task says so", testLonger},
		{"begins once however often it is begun", testOnce},
		{"keeps runs apart", testApart},
		{"hands over the input", testInput},
		{"calls a task that errs again", testErrs},
		{"counts errors and attempts apart", testErrsBetween},
		{"abandons a task that keeps erring", testAbandons},
		{"abandons until it is heard", testAbandonErrs},
		{"takes an impossible answer for an error", testImpossible},
		{"refuses what breaks the limits", testLimits},
		{"begins nothing for one who has gone", testCancelled},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.test(t, open)
		})
	}
}

// A story is a run whose task follows a script, and what was seen of it.
type story struct {
	World
	t      *testing.T
	began  time.Time
	script []answer // of the task, one a call; after the last, the run should have ended

	mu        sync.Mutex
	calls     []time.Duration // of the task, since Begin
	abandons  []time.Duration
	deaf      int // how many calls of abandon err
	lastInput json.RawMessage
}

type answer struct {
	timeline.Next
	err error
}

var errDown = errors.New("the storage is down, as the test wants it")

// failed is the answer after attempt n failed, with the plan's wait.
func failed(n int) answer { return longer(n, Plan[n-1]) }

func longer(n int, wait time.Duration) answer {
	return answer{Next: timeline.Next{Failed: n, Wait: wait}}
}

func errs(n int) []answer { return slices.Repeat([]answer{{err: errDown}}, n) }

// tell begins a run "r" whose task gives these answers, and plays it to the end.
func tell(t *testing.T, open Open, script ...answer) *story {
	t.Helper()
	s := &story{t: t, script: script}
	s.World = open(t, s.task, s.abandon)
	s.begin("r", Plan[0])
	s.Play()
	return s
}

func (s *story) begin(id string, wait time.Duration) {
	s.t.Helper()
	s.began = s.Now()
	err := s.Begin(s.t.Context(), timeline.Run{ID: id, Input: json.RawMessage(`{"id":"` + id + `"}`), Wait: wait})
	if err != nil {
		s.t.Fatalf("Begin %s: %v", id, err)
	}
}

func (s *story) task(_ context.Context, input json.RawMessage) (timeline.Next, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastInput = slices.Clone(input)
	s.calls = append(s.calls, s.Now().Sub(s.began))
	n := len(s.calls)
	if n > len(s.script) {
		s.t.Errorf("call %d of the task, want %d", n, len(s.script))
		return timeline.Next{}, nil
	}
	return s.script[n-1].Next, s.script[n-1].err
}

func (s *story) abandon(_ context.Context, input json.RawMessage) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastInput = slices.Clone(input)
	s.abandons = append(s.abandons, s.Now().Sub(s.began))
	if len(s.abandons) <= s.deaf {
		return errDown
	}
	return nil
}

// expect checks at which instants the task was called.
func (s *story) expect(calls ...string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if got := spell(s.calls); !slices.Equal(got, calls) {
		s.t.Errorf("the task was called\n got %v\nwant %v", got, calls)
	}
}

// expectAbandons checks at which instants the run was abandoned.
func (s *story) expectAbandons(calls ...string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if got := spell(s.abandons); !slices.Equal(got, calls) {
		s.t.Errorf("abandoned\n got %v\nwant %v", got, calls)
	}
}

func spell(at []time.Duration) []string {
	var s []string
	for _, d := range at {
		s = append(s, "+"+d.String())
	}
	return s
}

func sameJSON(t *testing.T, got, want json.RawMessage) {
	t.Helper()
	var a, b any
	if err := json.Unmarshal(got, &a); err != nil {
		t.Fatalf("input %s: %v", got, err)
	}
	if err := json.Unmarshal(want, &b); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("input: got %s, want %s", got, want)
	}
}
