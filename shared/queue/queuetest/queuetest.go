// Package queuetest is the definition of queue.Queue, in the form of a test. An
// adapter is done when Run passes against it.
//
// It runs on a clock that runs, because the queues it is for have no other. All
// waiting is for something to happen, with a deadline; only "never early" and
// "not again" look at the time.
package queuetest

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"motorpool/shared/queue"
)

// Harness opens queues of one adapter.
type Harness struct {
	// Open makes an empty queue for one test.
	Open func(t *testing.T, o Options) Opened
	// Tick is the shortest visibility and delay the adapter can tell apart.
	Tick time.Duration
	// Twice says that the adapter may hand out a message to two servers that ask
	// at the same moment, which a standard queue of SQS reserves the right to:
	// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html
	Twice bool
}

// Options are what a queue is set up with.
type Options struct {
	Visibility  time.Duration // a multiple of Tick
	MaxReceives int
}

// Opened is a queue under test.
type Opened struct {
	queue.Queue
	// Dead returns the dead letters: Group and Body.
	Dead func(t *testing.T) []queue.Message
}

// Run runs the suite.
func Run(t *testing.T, h Harness) {
	for _, tt := range []struct {
		name string
		test func(*testing.T, Harness)
	}{
		{"delivers what was sent", testDelivers},
		{"keeps bytes", testBytes},
		{"hands out again what failed", testFails},
		{"hands out again what panicked", testPanics},
		{"gives up after the limit of receives", testDeadLetters},
		{"never hands out before the delay has passed", testDelay},
		{"hands out several at once", testAtOnce},
		{"lets no slow group hold up another", testSlowGroup},
		{"hands out again only the one that failed", testPartial},
		{"refuses what breaks the limits", testLimits},
		{"sends nothing for one who has gone", testCancelled},
		{"stops when the handlers have", testStops},
		{"keeps what nobody served", testKeeps},
		{"loses and doubles nothing in a race", testRace},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.test(t, h)
		})
	}
}

// patience is how long anything may take that must happen.
const patience = 30 * time.Second

// open makes a queue from which a failed message comes again after one tick.
func (h Harness) open(t *testing.T) Opened {
	return h.Open(t, Options{Visibility: h.Tick, MaxReceives: 10})
}

// serve serves q until the test ends or the function it returns is called, which
// waits for Serve to return.
func serve(t *testing.T, q queue.Queue, h queue.Handler) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan error, 1)
	go func() { done <- q.Serve(ctx, h) }()
	stopped := false
	stop = func() {
		cancel()
		if stopped {
			return
		}
		stopped = true
		if err := wait(t, done, "Serve returns after its context has ended"); err != nil {
			t.Errorf("Serve: got %v, want nil", err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// wait returns what comes out of c, in time.
func wait[T any](t *testing.T, c <-chan T, what string) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(patience):
		t.Fatalf("in vain: %s", what)
	}
	return v
}

// collect returns the next n of c.
func collect(t *testing.T, c <-chan queue.Message, n int) []queue.Message {
	t.Helper()
	got := make([]queue.Message, n)
	for i := range got {
		got[i] = wait(t, c, "another message is handed out")
	}
	return got
}

// nothing makes sure that c stays empty for d.
func nothing(t *testing.T, c <-chan queue.Message, d time.Duration, what string) {
	t.Helper()
	select {
	case m := <-c:
		t.Fatalf("%s: got %s, receive %d", what, m.Body, m.Receives)
	case <-time.After(d):
	}
}

func send(t *testing.T, q queue.Queue, msgs ...queue.Message) {
	t.Helper()
	if err := q.Send(t.Context(), msgs...); err != nil {
		t.Fatalf("Send of %d: %v", len(msgs), err)
	}
}

func message(group string, body string) queue.Message {
	return queue.Message{Group: group, Body: json.RawMessage(body)}
}
