package embed_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"motorpool/shared/disk"
	"motorpool/shared/fault"
	"motorpool/shared/timeline"
	"motorpool/shared/timeline/embed"
	"motorpool/shared/timeline/timelinetest"
)

// What follows is promised by this adapter alone: a file that is closed and
// opened, and a bound on what runs at once.

var input = json.RawMessage(`{"delivery":"dlv_1"}`)

func begin(t testing.TB, tl *embed.Timeline, id string) {
	t.Helper()
	if err := tl.Begin(t.Context(), timeline.Run{ID: id, Input: input, Wait: 5 * time.Second}); err != nil {
		t.Fatal(err)
	}
}

func never(t testing.TB) timeline.Abandon {
	return func(context.Context, json.RawMessage) error {
		t.Error("the run was abandoned")
		return nil
	}
}

// A life is one process's: it opens the file and plays until nothing is left, or
// until the given number of calls were made; then the file is closed under it.
func life(t *testing.T, path string, c *clock, task timeline.Task, abandon timeline.Abandon, until func(*embed.Timeline)) {
	t.Helper()
	d, err := disk.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	tl := open(t, d, c, 0)
	stop := serve(t, tl, task, abandon)
	until(tl)
	_ = tl.Close()
	_ = d.Close()
	stop()
}

// TestEachLifeGoesOnWhereTheLastEnded closes the file after every call of the
// task: the run is due at the very instants of the plan all the same.
func TestEachLifeGoesOnWhereTheLastEnded(t *testing.T) {
	t.Parallel()
	c, path := newClock(), filepath.Join(t.TempDir(), "data")
	began := c.now()
	var calls []string
	task := func(_ context.Context, in json.RawMessage) (timeline.Next, error) {
		if string(in) != string(input) {
			t.Errorf("input: got %s, want %s", in, input)
		}
		calls = append(calls, c.now().Sub(began).String())
		if n := len(calls) + 1; n <= len(timelinetest.Plan) {
			return timeline.Next{Failed: n, Wait: timelinetest.Plan[n-1]}, nil
		}
		return timeline.Next{}, nil
	}
	life(t, path, c, task, never(t), func(tl *embed.Timeline) { begin(t, tl, "r") })
	for range 7 {
		life(t, path, c, task, never(t), func(tl *embed.Timeline) {
			if at, ok := tl.Next(); ok {
				c.set(at)
				tl.Wake()
				settle(t, tl)
			}
		})
	}
	if got, want := fmt.Sprint(calls), "[5s 5m5s 35m5s 2h35m5s 7h35m5s 17h35m5s]"; got != want {
		t.Errorf("called at %s, want %s", got, want)
	}
}

// TestErrorsAreCountedAcrossLives so that a task that errs is abandoned however
// often the process restarts.
func TestErrorsAreCountedAcrossLives(t *testing.T) {
	t.Parallel()
	c, path := newClock(), filepath.Join(t.TempDir(), "data")
	calls, abandons := 0, 0
	task := func(context.Context, json.RawMessage) (timeline.Next, error) {
		calls++
		return timeline.Next{}, errors.New("as the test wants it")
	}
	abandon := func(context.Context, json.RawMessage) error {
		if abandons++; abandons < 3 {
			panic("as the test wants it")
		}
		return nil
	}
	life(t, path, c, task, abandon, func(tl *embed.Timeline) { begin(t, tl, "r") })
	for range 12 {
		life(t, path, c, task, abandon, func(tl *embed.Timeline) {
			if at, ok := tl.Next(); ok {
				c.set(at)
				tl.Wake()
				settle(t, tl)
			}
		})
	}
	if calls != 7 || abandons != 3 {
		t.Errorf("%d calls and %d abandons, want 7 and 3", calls, abandons)
	}
}

// TestATaskWhoseOutcomeWasNotStoredIsCalledAgain closes the file while the task
// runs: the crash between a task and its bookkeeping.
func TestATaskWhoseOutcomeWasNotStoredIsCalledAgain(t *testing.T) {
	t.Parallel()
	c, path := newClock(), filepath.Join(t.TempDir(), "data")
	d, err := disk.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	var calls atomic.Int32
	tl := open(t, d, c, 0)
	stop := serve(t, tl, func(context.Context, json.RawMessage) (timeline.Next, error) {
		calls.Add(1)
		return timeline.Next{}, d.Close()
	}, never(t))
	begin(t, tl, "r")
	c.set(c.now().Add(5 * time.Second))
	tl.Wake()
	settle(t, tl)
	stop()
	life(t, path, c, func(context.Context, json.RawMessage) (timeline.Next, error) {
		calls.Add(1)
		return timeline.Next{}, nil
	}, never(t), func(tl *embed.Timeline) { c.play(t, tl) })
	if calls.Load() != 2 {
		t.Errorf("called %d times, want 2", calls.Load())
	}
}

// TestARunIsKnownForADayAfterItsEnd and is forgotten later, when others end.
func TestARunIsKnownForADayAfterItsEnd(t *testing.T) {
	t.Parallel()
	c := newClock()
	path := filepath.Join(t.TempDir(), "data")
	calls := map[string]int{}
	task := func(_ context.Context, in json.RawMessage) (timeline.Next, error) {
		calls["all"]++
		return timeline.Next{}, nil
	}
	round := func(after time.Duration, ids ...string) {
		t.Helper()
		c.set(c.now().Add(after))
		life(t, path, c, task, never(t), func(tl *embed.Timeline) {
			for _, id := range ids {
				begin(t, tl, id)
			}
			c.play(t, tl)
		})
	}
	round(0, "r")
	round(24*time.Hour-6*time.Second, "r", "s")
	if calls["all"] != 2 {
		t.Errorf("within a day: %d calls, want 2: the second Begin of r does nothing", calls["all"])
	}
	round(time.Minute, "t") // its end forgets r
	round(0, "r")
	if calls["all"] != 4 {
		t.Errorf("after a day: %d calls, want 4: r is as new", calls["all"])
	}
}

func TestNoMoreRunAtOnceThanAllowed(t *testing.T) {
	t.Parallel()
	c := newClock()
	tl := open(t, openDisk(t, filepath.Join(t.TempDir(), "data")), c, 4)
	var mu sync.Mutex
	running, most, calls := 0, 0, 0
	serve(t, tl, func(context.Context, json.RawMessage) (timeline.Next, error) {
		mu.Lock()
		running++
		most, calls = max(most, running), calls+1
		mu.Unlock()
		<-time.After(time.Millisecond)
		mu.Lock()
		running--
		mu.Unlock()
		return timeline.Next{}, nil
	}, never(t))
	for i := range 60 {
		begin(t, tl, fmt.Sprint("r", i))
	}
	if d := tl.Depth(); d != (embed.Depth{Waiting: 60}) {
		t.Errorf("got %+v, want 60 waiting", d)
	}
	c.play(t, tl)
	if most != 4 || calls != 60 {
		t.Errorf("%d calls, %d at once; want 60 and 4", calls, most)
	}
}

func TestOnlyOneMayServe(t *testing.T) {
	t.Parallel()
	c := newClock()
	tl := open(t, openDisk(t, filepath.Join(t.TempDir(), "data")), c, 0)
	called := make(chan bool)
	serve(t, tl, func(context.Context, json.RawMessage) (timeline.Next, error) {
		called <- true
		return timeline.Next{}, nil
	}, never(t))
	begin(t, tl, "r")
	c.set(c.now().Add(5 * time.Second))
	tl.Wake()
	<-called // so the first Serve has begun
	if err := tl.Serve(t.Context(), nil, nil); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a second Serve: got %v, want fault.Conflict", err)
	}
}
