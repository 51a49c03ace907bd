package embed_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/queue"
	"motorpool/shared/queue/embed"
)

// What follows is promised by this adapter alone: a clock that can stand, turns
// and caps by group, dead letters that rise again, and a file that is closed and
// opened.

// clock is one that stands until it is moved.
type clock struct{ nanos atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.nanos.Store(time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC).UnixNano())
	return c
}

func (c *clock) now() time.Time             { return time.Unix(0, c.nanos.Load()) }
func (c *clock) advance(d time.Duration)    { c.nanos.Add(int64(d)) }
func text(group, body string) queue.Message { return queue.Message{Group: group, Body: []byte(body)} }

// until polls, for what the queue does by itself.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !done(); {
		if time.Now().After(deadline) {
			t.Fatalf("in vain: %s", what)
		}
		<-time.After(200 * time.Microsecond)
	}
}

// serve serves q until stop is called or the test ends.
func serve(t testing.TB, q queue.Queue, h queue.Handler) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := q.Serve(ctx, h); err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	stop = func() { cancel(); serving.Wait() }
	t.Cleanup(stop)
	return stop
}

func send(t testing.TB, q queue.Queue, msgs ...queue.Message) {
	t.Helper()
	if err := q.Send(t.Context(), msgs...); err != nil {
		t.Fatal(err)
	}
}

func TestOnAClockThatStandsNothingFallsDue(t *testing.T) {
	t.Parallel()
	c := newClock()
	q := open(t, embed.Options{Now: c.now, Visibility: time.Minute})
	var calls atomic.Int32
	serve(t, q, func(context.Context, queue.Message) error {
		if calls.Add(1) == 1 {
			return errors.New("as the test wants it")
		}
		return nil
	})
	began := c.now()
	send(t, q, queue.Message{Group: "g", Body: body, Delay: 10 * time.Minute})
	for _, step := range []struct {
		advance time.Duration
		next    time.Duration // since began; zero is none
		calls   int32
		depth   embed.Depth
	}{
		{10*time.Minute - 1, 10 * time.Minute, 0, embed.Depth{Delayed: 1}},
		{1, 11 * time.Minute, 1, embed.Depth{Delayed: 1}}, // fails, and waits for its visibility
		{59 * time.Second, 11 * time.Minute, 1, embed.Depth{Delayed: 1}},
		{time.Second, 0, 2, embed.Depth{}},
	} {
		c.advance(step.advance)
		if due := step.advance == 1; due && q.Idle() {
			t.Error("idle although a message is due")
		}
		q.Wake()
		until(t, "idle", q.Idle)
		next, ok := q.Next()
		if ok != (step.next > 0) || ok && next.Sub(began) != step.next {
			t.Errorf("at +%s: next is +%s, %t; want +%s", c.now().Sub(began), next.Sub(began), ok, step.next)
		}
		if calls.Load() != step.calls || q.Depth() != step.depth {
			t.Errorf("at +%s: %d calls and %+v, want %d and %+v", c.now().Sub(began), calls.Load(), q.Depth(), step.calls, step.depth)
		}
	}
}

func TestDeadLettersRiseAgain(t *testing.T) {
	t.Parallel()
	c := newClock()
	q := open(t, embed.Options{Now: c.now, Visibility: time.Minute, MaxReceives: 2})
	var sick atomic.Bool
	sick.Store(true)
	var receives []int
	serve(t, q, func(_ context.Context, m queue.Message) error {
		receives = append(receives, m.Receives)
		if sick.Load() {
			return errors.New("as the test wants it")
		}
		return nil
	})
	send(t, q, text("g", `{"n":1}`))
	for range 2 {
		until(t, "idle", q.Idle)
		c.advance(time.Minute)
		q.Wake()
	}
	until(t, "idle", q.Idle)
	dead, err := q.Dead(t.Context())
	if err != nil || len(dead) != 1 || string(dead[0].Body) != `{"n":1}` || dead[0].Group != "g" || dead[0].Receives != 2 {
		t.Fatalf("dead letters: got %+v, %v", dead, err)
	}
	if d := q.Depth(); d != (embed.Depth{Dead: 1}) {
		t.Errorf("got %+v, want one dead", d)
	}
	sick.Store(false)
	if n, err := q.Redrive(t.Context()); n != 1 || err != nil {
		t.Fatalf("Redrive: got %d, %v", n, err)
	}
	until(t, "idle", q.Idle)
	if d := q.Depth(); d != (embed.Depth{}) || !slices.Equal(receives, []int{1, 2, 1}) {
		t.Errorf("got %+v and receives %v, want nothing and [1 2 1]", d, receives)
	}
	if n, err := q.Redrive(t.Context()); n != 0 || err != nil {
		t.Errorf("Redrive of nothing: got %d, %v", n, err)
	}
}

func TestAFileThatIsOpenedAgainHoldsWhatWasLeft(t *testing.T) {
	t.Parallel()
	c := newClock()
	path := filepath.Join(t.TempDir(), "data")
	d := openDisk(t, path)
	q, err := embed.Open(d, "work", embed.Options{Now: c.now, MaxReceives: 1})
	if err != nil {
		t.Fatal(err)
	}
	other, err := embed.Open(d, "other", embed.Options{Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	send(t, other, text("g", `"of another queue"`))
	send(t, q, text("dies", `"dies"`), text("done", `"done"`), queue.Message{Group: "g", Body: []byte(`"late"`), Delay: time.Minute})
	stop := serve(t, q, func(_ context.Context, m queue.Message) error {
		if m.Group == "dies" {
			return errors.New("as the test wants it")
		}
		return nil
	})
	until(t, "idle", q.Idle)
	stop()
	for i := range 20 {
		send(t, q, text("g", fmt.Sprint(i)))
	}
	if err := errors.Join(q.Close(), other.Close(), d.Close()); err != nil {
		t.Fatal(err)
	}

	if q, err = embed.Open(openDisk(t, path), "work", embed.Options{Now: c.now, MaxReceives: 1, Concurrency: 1}); err != nil {
		t.Fatal(err)
	}
	if d := q.Depth(); d != (embed.Depth{Ready: 20, Delayed: 1, Dead: 1}) {
		t.Errorf("opened again: %+v, want 20 ready, 1 delayed, 1 dead", d)
	}
	var got []string
	serve(t, q, func(_ context.Context, m queue.Message) error { got = append(got, string(m.Body)); return nil })
	until(t, "idle", q.Idle)
	c.advance(time.Minute)
	q.Wake()
	until(t, "idle", q.Idle)
	if want := "[0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 \"late\"]"; fmt.Sprint(got) != want {
		t.Errorf("handed out %v, want %s: in the order of sending, the late one when due", got, want)
	}
}

func TestAGroupHasNoMoreThanItsShare(t *testing.T) {
	t.Parallel()
	q := open(t, embed.Options{Now: time.Now, PerGroup: 3})
	var mu sync.Mutex
	flying, most := map[string]int{}, map[string]int{}
	for i := range 300 {
		send(t, q, text(fmt.Sprint("g", i%4), `1`))
	}
	serve(t, q, func(_ context.Context, m queue.Message) error {
		mu.Lock()
		flying[m.Group]++
		most[m.Group] = max(most[m.Group], flying[m.Group])
		mu.Unlock()
		<-time.After(time.Millisecond)
		mu.Lock()
		flying[m.Group]--
		mu.Unlock()
		return nil
	})
	until(t, "idle", q.Idle)
	if fmt.Sprint(most) != "map[g0:3 g1:3 g2:3 g3:3]" {
		t.Errorf("most in flight: got %v, want 3 of each group", most)
	}
}

// TestHangingGroupsLeaveRoom lets 100 groups hang, each with more messages than
// it may have in flight: the healthy ones go on, and several at once.
func TestHangingGroupsLeaveRoom(t *testing.T) {
	t.Parallel()
	q := open(t, embed.Options{Now: time.Now})
	release, healthy := make(chan bool), make(chan bool, 1000)
	serve(t, q, func(_ context.Context, m queue.Message) error {
		if m.Group[0] == 'h' {
			<-release
			return nil
		}
		healthy <- true
		return nil
	})
	t.Cleanup(func() { close(release) }) // before Serve is waited for
	for i := range 100 {
		send(t, q, slices.Repeat([]queue.Message{text(fmt.Sprint("hangs-", i), `1`)}, 40)...)
	}
	for i := range 200 {
		send(t, q, text(fmt.Sprint("well-", i%10), `1`))
	}
	for range 200 {
		select {
		case <-healthy:
		case <-time.After(20 * time.Second):
			t.Fatalf("the hanging groups hold up the others: %+v", q.Depth())
		}
	}
	if d := q.Depth(); d.InFlight > 512-50 {
		t.Errorf("%d in flight: the hanging groups took nearly all the room", d.InFlight)
	}
}

func TestGroupsTakeTurns(t *testing.T) {
	t.Parallel()
	q := open(t, embed.Options{Now: time.Now, Concurrency: 1})
	send(t, q, slices.Repeat([]queue.Message{text("busy", `1`)}, 50)...)
	send(t, q, text("a", `1`), text("b", `1`))
	var got []string
	serve(t, q, func(_ context.Context, m queue.Message) error { got = append(got, m.Group); return nil })
	until(t, "idle", q.Idle)
	if fmt.Sprint(got[:4]) != "[busy a b busy]" {
		t.Errorf("first came %v, want one of each group before the second of any", got[:4])
	}
}

func TestWhatCannotBeStoredIsNotAccepted(t *testing.T) {
	t.Parallel()
	d := openDisk(t, filepath.Join(t.TempDir(), "data"))
	q, err := embed.Open(d, "work", embed.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := q.Send(t.Context(), text("g", `1`)); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("got %v, want fault.Unavailable", err)
	}
	if d := q.Depth(); d != (embed.Depth{}) {
		t.Errorf("a message that was not stored is in memory: %+v", d)
	}
}
