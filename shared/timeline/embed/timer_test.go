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
	"testing/synctest"
	"time"

	"motorpool/shared/timeline"
	"motorpool/shared/timeline/embed"
	"motorpool/shared/timeline/timelinetest"
)

// TestTheTimerIsExact on a clock that runs, without anybody's Wake. The bubble's
// clock moves only when all wait, so what is measured is the timer alone.
func TestTheTimerIsExact(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	synctest.Test(t, func(t *testing.T) {
		d := openDisk(t, path)
		tl, err := embed.Open(d, timelinetest.Plan, embed.Options{Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		began, called := time.Now(), make(chan time.Duration)
		ctx, cancel := context.WithCancel(t.Context())
		served := make(chan error)
		go func() {
			served <- tl.Serve(ctx, func(context.Context, json.RawMessage) (timeline.Next, error) {
				called <- time.Since(began)
				return timeline.Next{Failed: 2, Wait: timelinetest.Plan[1]}, nil
			}, never(t))
		}()
		begin(t, tl, "r")
		for _, want := range []time.Duration{5 * time.Second, 305 * time.Second, 605 * time.Second} {
			if got := <-called; got != want {
				t.Errorf("called after %s, want %s", got, want)
			}
		}
		cancel()
		if err := errors.Join(<-served, tl.Close(), d.Close()); err != nil {
			t.Error(err)
		}
	})
}

// TestAClockThatIsPutRightIsNoticed within a minute: the timers of a computer that
// slept stood still meanwhile.
func TestAClockThatIsPutRightIsNoticed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	synctest.Test(t, func(t *testing.T) {
		var slept atomic.Int64
		d := openDisk(t, path)
		tl, err := embed.Open(d, timelinetest.Plan, embed.Options{
			Now: func() time.Time { return time.Now().Add(time.Duration(slept.Load())) },
		})
		if err != nil {
			t.Fatal(err)
		}
		began, called := time.Now(), make(chan time.Duration, 1)
		serve(t, tl, func(context.Context, json.RawMessage) (timeline.Next, error) {
			called <- time.Since(began)
			return timeline.Next{}, nil
		}, never(t))
		if err := tl.Begin(t.Context(), timeline.Run{ID: "r", Input: input, Wait: 10 * time.Hour}); err != nil {
			t.Fatal(err)
		}
		slept.Store(int64(10 * time.Hour))
		if got := <-called; got > time.Minute {
			t.Errorf("called %s after the clock was put right, want a minute at most", got)
		}
	})
}

// BenchmarkLateness measures how late the task is called on this machine.
func BenchmarkLateness(b *testing.B) {
	tl, err := embed.Open(openDisk(b, filepath.Join(b.TempDir(), "data")), timeline.Plan{time.Second}, embed.Options{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	var due sync.Map
	var worst atomic.Int64
	var left sync.WaitGroup
	serve(b, tl, func(_ context.Context, in json.RawMessage) (timeline.Next, error) {
		at, _ := due.Load(string(in))
		worst.Store(max(worst.Load(), int64(time.Since(at.(time.Time)))))
		left.Done()
		return timeline.Next{}, nil
	}, never(b))
	for i := range b.N {
		left.Add(1)
		in := fmt.Sprintf(`{"n":%d}`, i)
		due.Store(in, time.Now().Add(time.Second))
		if err := tl.Begin(b.Context(), timeline.Run{ID: fmt.Sprint("r", i), Input: json.RawMessage(in), Wait: time.Second}); err != nil {
			b.Fatal(err)
		}
	}
	left.Wait()
	b.ReportMetric(float64(worst.Load())/1e6, "ms-late-at-worst")
}
