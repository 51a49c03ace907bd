package emulators_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda/messages"

	"motorpool/infra/emulators"
)

const function = "arn:aws:lambda:eu-west-1:123456789012:function:f"

// waits is a state machine that waits, asks, is retried once a minute later, and
// reads the number of seconds out of what the function said then.
const waits = `{"StartAt": "Wait", "States": {
	"Wait": {"Type": "Wait", "SecondsPath": "$.wait", "Next": "Ask"},
	"Ask": {"Type": "Task", "Resource": "` + function + `", "End": true,
		"Retry": [{"ErrorEquals": ["Again"], "IntervalSeconds": 60, "MaxAttempts": 1, "BackoffRate": 1}],
		"Catch": [{"ErrorEquals": ["Again"], "ResultPath": "$.error", "Next": "Read"}]},
	"Read": {"Type": "Pass", "Parameters": {"said.$": "States.StringToJson($.error.Cause)"}, "Next": "Stop"},
	"Stop": {"Type": "Fail", "Error": "Stopped", "Cause": "As the test wants it"}
}}`

// A clock stands still until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) move(to time.Time) { c.mu.Lock(); defer c.mu.Unlock(); c.at = to }

func TestExecutionsGoOnWhenTheClockIsMoved(t *testing.T) {
	t.Parallel()
	began := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	c := &clock{at: began}
	var mu sync.Mutex
	var calls []string
	i := emulators.Interpreted(t, []byte(waits), c.now, func(_ context.Context, in emulators.Invocation) (any, error) {
		mu.Lock()
		defer mu.Unlock()
		calls = append(calls, fmt.Sprintf("%s +%s", in.Execution, c.now().Sub(began)))
		if in.State != "Ask" || in.Resource != function {
			t.Errorf("got %+v", in)
		}
		if in.Execution == "a" {
			return nil, messages.InvokeResponse_Error{Type: "Again", Message: "no"}
		}
		return map[string]bool{"done": true}, nil
	})
	for name, wait := range map[string]int{"a": 5, "b": 7} {
		for range 2 { // the second time changes nothing
			if err := i.Begin(name, fmt.Appendf(nil, `{"wait":%d}`, wait)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for {
		if err := i.Rest(t.Context()); err != nil {
			t.Fatal(err)
		}
		next, more := i.Next()
		if !more {
			break
		}
		c.move(next)
		i.Wake()
	}
	want := []string{"a +5s", "b +7s", "a +1m5s"}
	if !slices.Equal(calls, want) {
		t.Errorf("got %q\nwant %q", calls, want)
	}
	a, _ := i.Execution("a")
	if a.Status != "FAILED" || a.Error != "Stopped" || !slices.Equal(a.Visits, []string{"Wait", "Ask", "Ask", "Read", "Stop"}) {
		t.Errorf("a: %+v", a)
	}
	b, _ := i.Execution("b")
	if b.Status != "SUCCEEDED" || len(b.Visits) != 2 {
		t.Errorf("b: %+v", b)
	}
}

func TestServeFollowsTheRealClock(t *testing.T) {
	t.Parallel()
	called := make(chan json.RawMessage)
	i := emulators.Interpreted(t, []byte(waits), time.Now, func(_ context.Context, in emulators.Invocation) (any, error) {
		called <- in.Input
		return nil, nil
	})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- i.Serve(ctx) }()
	if err := i.Begin("a", json.RawMessage(`{"wait":1}`)); err != nil {
		t.Fatal(err)
	}
	select {
	case in := <-called:
		if string(in) != `{"wait":1}` {
			t.Errorf("got the input %s", in)
		}
	case <-time.After(30 * time.Second):
		t.Error("the function was not called")
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestAnInterpreterThatEndedSaysSo(t *testing.T) {
	t.Parallel()
	emulators.Tools(t)
	i, err := emulators.Interpret([]byte(`{"StartAt": "Nowhere", "States": {}}`), time.Now, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer i.Close()
	if err := i.Begin("a", json.RawMessage(`{}`)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := i.Rest(ctx); err == nil || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want that it ended", err)
	}
	if err := i.Begin("b", json.RawMessage(`{}`)); err == nil {
		t.Error("beginning another: got no error")
	}
}
