package embed_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"motorpool/shared/disk"
	"motorpool/shared/timeline"
	"motorpool/shared/timeline/embed"
	"motorpool/shared/timeline/timelinetest"
)

func TestTheEmbeddedTimelineIsATimeline(t *testing.T) {
	t.Parallel()
	timelinetest.Run(t, func(t *testing.T, task timeline.Task, abandon timeline.Abandon) timelinetest.World {
		c := newClock()
		tl := open(t, openDisk(t, filepath.Join(t.TempDir(), "data")), c, 0)
		serve(t, tl, task, abandon)
		return timelinetest.World{Timeline: tl, Now: c.now, Play: func() { c.play(t, tl) }}
	})
}

// clock is one that stands until it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// play moves the clock from one due instant to the next until there is none.
func (c *clock) play(t *testing.T, tl *embed.Timeline) {
	t.Helper()
	for at, ok := tl.Next(); ok; at, ok = tl.Next() {
		c.set(at)
		tl.Wake()
		settle(t, tl)
	}
}

// settle waits until tl is idle.
func settle(t *testing.T, tl *embed.Timeline) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !tl.Idle() {
		if time.Now().After(deadline) {
			t.Fatalf("not idle: %+v", tl.Depth())
		}
		<-time.After(100 * time.Microsecond)
	}
}

func open(t testing.TB, d *disk.Disk, c *clock, concurrency int) *embed.Timeline {
	t.Helper()
	tl, err := embed.Open(d, timelinetest.Plan, embed.Options{Now: c.now, Concurrency: concurrency})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tl.Close() })
	return tl
}

func openDisk(t testing.TB, path string) *disk.Disk {
	t.Helper()
	d, err := disk.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// serve serves tl until the test ends or stop is called.
func serve(t testing.TB, tl *embed.Timeline, task timeline.Task, abandon timeline.Abandon) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := tl.Serve(ctx, task, abandon); err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	stop = func() { cancel(); serving.Wait() }
	t.Cleanup(stop)
	return stop
}
