package queuetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/queue"
)

var errPoison = errors.New("the handler failed, as the test wants it")

func testDelivers(t *testing.T, h Harness) {
	q, got := h.open(t), make(chan queue.Message, 100)
	serve(t, q, func(_ context.Context, m queue.Message) error { got <- m; return nil })
	send(t, q) // of nothing
	var msgs []queue.Message
	for i := range 25 { // more than one batch of SQS
		msgs = append(msgs, message(fmt.Sprint("group-", i%3), fmt.Sprint(i)))
	}
	send(t, q, msgs...)
	ids, bodies := map[string]bool{}, map[string]string{}
	for _, m := range collect(t, got, len(msgs)) {
		if m.ID == "" || ids[m.ID] || m.Receives != 1 || m.Delay != 0 {
			t.Errorf("%s: got ID %q, receive %d, delay %s; want an ID of its own, 1, 0", m.Body, m.ID, m.Receives, m.Delay)
		}
		ids[m.ID], bodies[string(m.Body)] = true, m.Group
	}
	for _, m := range msgs {
		if got := bodies[string(m.Body)]; got != m.Group {
			t.Errorf("%s: got group %q, want %q", m.Body, got, m.Group)
		}
	}
	nothing(t, got, 2*h.Tick, "a message that was done came again")
}

func testBytes(t *testing.T, h Harness) {
	q, got := h.open(t), make(chan queue.Message, 1)
	serve(t, q, func(_ context.Context, m queue.Message) error { got <- m; return nil })
	for _, body := range []string{
		`{}`, ` [ 1 , 2 ] `, `{"b":1,"a":2,"b":3}`, "\t{\r\n}\n", `9007199254740993`, `1.50`,
		`"é 漢 🚗 ` + "\u007f\u0085\u2028\ufffd" + ` <&> \u0000 \ud800"`, `"` + strings.Repeat("x", queue.MaxBody-2) + `"`,
	} {
		send(t, q, message("~!#", body))
		if m := wait(t, got, "the message is handed out"); string(m.Body) != body {
			t.Errorf("got %.40q, want %.40q", m.Body, body)
		}
	}
}

func testFails(t *testing.T, h Harness) {
	comesAgain(t, h, func(context.Context, queue.Message) error { return errPoison })
}

func testPanics(t *testing.T, h Harness) {
	comesAgain(t, h, func(context.Context, queue.Message) error { panic("as the test wants it") })
}

// comesAgain fails a message three times: each time it comes again, counted, and
// not before the visibility timeout has passed since it was handed out.
func comesAgain(t *testing.T, h Harness, fail queue.Handler) {
	type receipt struct {
		queue.Message
		at time.Time
	}
	q, got := h.open(t), make(chan receipt, 10)
	serve(t, q, func(ctx context.Context, m queue.Message) error {
		got <- receipt{m, time.Now()}
		if m.Receives < 4 {
			return fail(ctx, m)
		}
		return nil
	})
	began := time.Now()
	send(t, q, message("g", `{"a":1}`))
	for n := 1; n <= 4; n++ {
		r := wait(t, got, fmt.Sprint("receive ", n))
		if r.Receives != n || string(r.Body) != `{"a":1}` || r.Group != "g" {
			t.Errorf("receive %d: got %d, %s of %s", n, r.Receives, r.Body, r.Group)
		}
		// Counted from the beginning, because a handler may start late.
		if passed, least := r.at.Sub(began), time.Duration(n-1)*h.Tick; passed < least-h.Tick/50 {
			t.Errorf("receive %d came %s after Send, want %s at least", n, passed, least)
		}
	}
}

func testDeadLetters(t *testing.T, h Harness) {
	q := h.Open(t, Options{Visibility: h.Tick, MaxReceives: 3})
	got := make(chan queue.Message, 10)
	serve(t, q, func(_ context.Context, m queue.Message) error { got <- m; return errPoison })
	send(t, q, message("poison", `{"n":1}`))
	collect(t, got, 3)
	for deadline := time.Now().Add(patience); ; {
		if dead := q.Dead(t); len(dead) > 0 {
			if len(dead) != 1 || string(dead[0].Body) != `{"n":1}` || dead[0].Group != "poison" {
				t.Errorf("dead letters: got %v", dead)
			}
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("there are no dead letters after 3 failures")
		}
		select {
		case <-got:
			t.Fatal("handed out a fourth time, with a limit of 3")
		case <-time.After(h.Tick / 4):
		}
	}
	nothing(t, got, 2*h.Tick, "a dead letter was handed out")
}

func testDelay(t *testing.T, h Harness) {
	q, got := h.open(t), make(chan queue.Message, 10)
	serve(t, q, func(_ context.Context, m queue.Message) error { got <- m; return nil })
	for _, delay := range []time.Duration{h.Tick, 2*h.Tick - h.Tick/2} {
		began := time.Now()
		send(t, q,
			queue.Message{Group: "g", Body: []byte(`"late"`), Delay: delay}, message("g", `"now"`))
		if m := wait(t, got, "the message without delay"); string(m.Body) != `"now"` {
			t.Errorf("got %s first", m.Body)
		}
		m := wait(t, got, "the message with a delay")
		if passed := time.Since(began); string(m.Body) != `"late"` || passed < delay {
			t.Errorf("%s came after %s, want %s", m.Body, passed, delay)
		}
	}
}

func testAtOnce(t *testing.T, h Harness) {
	q := h.Open(t, Options{Visibility: 10 * h.Tick, MaxReceives: 3})
	const n = 8
	var here sync.WaitGroup
	here.Add(n)
	together := make(chan bool, n)
	serve(t, q, func(context.Context, queue.Message) error {
		here.Done()
		here.Wait() // for all of them
		together <- true
		return nil
	})
	for i := range n {
		send(t, q, message("one-group", fmt.Sprint(i)))
	}
	wait(t, together, "eight messages of a group are in flight together")
}

func testSlowGroup(t *testing.T, h Harness) {
	q := h.Open(t, Options{Visibility: 60 * h.Tick, MaxReceives: 3})
	release, hung, quick := make(chan bool), make(chan bool, 100), make(chan queue.Message, 100)
	serve(t, q, func(_ context.Context, m queue.Message) error {
		if m.Group == "slow" {
			hung <- true
			<-release
			return nil
		}
		quick <- m
		return nil
	})
	t.Cleanup(sync.OnceFunc(func() { close(release) })) // before serve's cleanup
	for i := range 40 {
		send(t, q, message("slow", fmt.Sprint(i)))
	}
	wait(t, hung, "the slow group has begun")
	for i := range 20 {
		send(t, q, message(fmt.Sprint("quick-", i%4), fmt.Sprint(i)))
	}
	collect(t, quick, 20)
}

func testPartial(t *testing.T, h Harness) {
	q, got := h.open(t), make(chan queue.Message, 100)
	serve(t, q, func(_ context.Context, m queue.Message) error {
		got <- m
		if string(m.Body) == "6" && m.Receives == 1 {
			return errPoison
		}
		return nil
	})
	var ten []queue.Message
	for i := range 10 {
		ten = append(ten, message("g", fmt.Sprint(i)))
	}
	send(t, q, ten...)
	times := map[string]int{}
	for _, m := range collect(t, got, 11) {
		times[string(m.Body)]++
	}
	nothing(t, got, 2*h.Tick, "one of the nine came again")
	for i := range 10 {
		want := 1
		if i == 6 {
			want = 2
		}
		if got := times[fmt.Sprint(i)]; got != want {
			t.Errorf("message %d: handed out %d times, want %d", i, got, want)
		}
	}
}

func testLimits(t *testing.T, h Harness) {
	q, got := h.open(t), make(chan queue.Message, 10)
	ok := message("g", `1`)
	for name, bad := range map[string]queue.Message{
		"a body that is too long":     message("g", `"`+strings.Repeat("x", queue.MaxBody)+`"`),
		"no body":                     message("g", ``),
		"a body that is not JSON":     message("g", `{"a":`),
		"a body that is not UTF-8":    message("g", "\"\xff\""),
		"a body that XML cannot hold": message("g", "\"\uffff\""),
		"no group":                    message("", `1`),
		"a long group":                message(strings.Repeat("g", queue.MaxGroup+1), `1`),
		"a group with a space":        message("a b", `1`),
		"a group that is not ASCII":   message("é", `1`),
		"a negative delay":            {Group: "g", Body: []byte(`1`), Delay: -1},
		"a long delay":                {Group: "g", Body: []byte(`1`), Delay: queue.MaxDelay + time.Nanosecond},
	} {
		if err := q.Send(t.Context(), ok, bad, ok); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: got %v, want fault.Invalid", name, err)
		}
	}
	serve(t, q, func(_ context.Context, m queue.Message) error { got <- m; return nil })
	nothing(t, got, h.Tick, "part of what was refused was stored")
}

func testCancelled(t *testing.T, h Harness) {
	q := h.open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := q.Send(ctx, message("g", `1`)); err == nil {
		t.Error("Send with a context that has ended: got nil, want an error")
	}
	if err := q.Serve(ctx, func(context.Context, queue.Message) error { return nil }); err != nil {
		t.Errorf("Serve with a context that has ended: got %v, want nil", err)
	}
}

// testStops ends the context of Serve while a handler works. The handler is not
// disturbed, Serve waits for it, and its work counts.
func testStops(t *testing.T, h Harness) {
	q, begun, release := h.open(t), make(chan queue.Message), make(chan bool)
	ctx, cancel := context.WithCancel(t.Context())
	var ended atomic.Bool
	done := make(chan error, 1)
	go func() {
		done <- q.Serve(ctx, func(ctx context.Context, m queue.Message) error {
			begun <- m
			<-release
			ended.Store(true)
			return ctx.Err()
		})
	}()
	send(t, q, message("g", `1`))
	wait(t, begun, "the handler begins")
	cancel()
	select {
	case <-done:
		t.Fatal("Serve returned while a handler was working")
	case <-time.After(h.Tick / 4):
	}
	close(release)
	if err := wait(t, done, "Serve returns"); err != nil || !ended.Load() {
		t.Fatalf("Serve: got %v, handler ended: %t", err, ended.Load())
	}
	again := make(chan queue.Message, 1)
	serve(t, q, func(_ context.Context, m queue.Message) error { again <- m; return nil })
	nothing(t, again, 2*h.Tick, "work that was done during the shutdown came again")
}

func testKeeps(t *testing.T, h Harness) {
	q, got := h.open(t), make(chan queue.Message, 100)
	for i := range 12 {
		send(t, q, message("g", fmt.Sprint(i)))
	}
	var taken atomic.Int32
	for taken.Load() < 12 { // servers come and go; each may leave some behind
		enough := make(chan bool, 100)
		stop := serve(t, q, func(_ context.Context, m queue.Message) error {
			taken.Add(1)
			got <- m
			enough <- true
			return nil
		})
		wait(t, enough, "a new server is handed what is left")
		stop()
	}
	seen := map[string]bool{}
	for _, m := range collect(t, got, 12) {
		seen[string(m.Body)] = true
	}
	if len(seen) != 12 {
		t.Errorf("got %d different messages, want 12", len(seen))
	}
}

func testRace(t *testing.T, h Harness) {
	q := h.Open(t, Options{Visibility: 20 * h.Tick, MaxReceives: 10})
	const senders, each = 16, 20
	var held sync.Map
	got := make(chan queue.Message, senders*each*2)
	for range 3 {
		serve(t, q, func(_ context.Context, m queue.Message) error {
			if _, taken := held.LoadOrStore(m.ID, true); taken && !h.Twice {
				t.Errorf("%s was handed to two handlers at once", m.Body)
			}
			defer held.Delete(m.ID)
			got <- m
			return nil
		})
	}
	var all sync.WaitGroup
	for s := range senders {
		all.Go(func() {
			for i := range each {
				if err := q.Send(t.Context(), message(fmt.Sprint("g", i%5), fmt.Sprint(s*each+i))); err != nil {
					t.Errorf("Send: %v", err)
				}
			}
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for len(seen) < senders*each {
		m := wait(t, got, "a message that was not yet handed out")
		if seen[string(m.Body)] && !h.Twice {
			t.Errorf("a message that was done came again: got %s, receive %d", m.Body, m.Receives)
		}
		seen[string(m.Body)] = true
	}
	if !h.Twice {
		nothing(t, got, h.Tick, "a message that was done came again")
	}
}
