package host

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/winebarrel/cronplan"

	"motorpool/shared/api"
)

// schedule runs the ticks on the machine, as EventBridge Scheduler does on AWS.
// Each runs once at the start, which catches up after an outage, and then when
// its expression says so. A tick that is still running is not started again.
type schedule struct {
	now   func() time.Time
	log   *slog.Logger
	mu    sync.Mutex
	ticks []*tick
	wake  chan struct{}
}

type tick struct {
	api.Tick
	next time.Time
	busy bool
}

func newSchedule(ticks []api.Tick, now func() time.Time, log *slog.Logger) (*schedule, error) {
	s := &schedule{now: now, log: log, wake: make(chan struct{}, 1)}
	for _, t := range ticks {
		if _, err := following(t, now()); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
		s.ticks = append(s.ticks, &tick{Tick: t, next: now()})
	}
	return s, nil
}

// following returns when a tick's schedule, which is an EventBridge Scheduler
// expression, next comes true after an instant. A cron expression is read on the
// clocks of the tick's zone: where they are put forward, what falls into the
// missing hour is left out; where they are put back, what falls into the hour that
// is there twice is done once.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
func following(t api.Tick, after time.Time) (time.Time, error) {
	zone, err := time.LoadLocation(t.TimeZone())
	if err != nil {
		return time.Time{}, fmt.Errorf("its time zone: %w", err)
	}
	if cron, ok := strings.CutPrefix(t.Schedule, "cron("); ok {
		exp, err := cronplan.Parse(strings.TrimSuffix(cron, ")"))
		if err != nil {
			return time.Time{}, err
		}
		return wall(exp, after, zone), nil
	}
	count, unit, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(t.Schedule, "rate("), ")"), " ")
	n, err := strconv.Atoi(count)
	units := map[string]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour}
	every := units[strings.TrimSuffix(unit, "s")]
	if err != nil || n < 1 || every == 0 {
		return time.Time{}, fmt.Errorf("%q is not a schedule", t.Schedule)
	}
	return after.Add(time.Duration(n) * every), nil
}

// never is when an expression comes true whose last year is over.
var never = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// wall returns when the clocks of a zone next show what exp says. The days are
// walked on a clock that is never changed.
func wall(exp *cronplan.Expression, after time.Time, zone *time.Location) time.Time {
	local := after.In(zone)
	clock := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC)
	for {
		if clock = exp.Next(clock.Add(time.Minute)); clock.IsZero() {
			return never
		}
		if at, ok := shows(clock, zone); ok && at.After(after) {
			return at
		}
	}
}

// shows returns the first instant at which the clocks of a zone show a time, and
// whether they ever do.
func shows(clock time.Time, zone *time.Location) (time.Time, bool) {
	for _, side := range []time.Duration{-24 * time.Hour, 24 * time.Hour} { // before a change, and after it
		_, offset := clock.Add(side).In(zone).Zone()
		at := clock.Add(-time.Duration(offset) * time.Second)
		if local := at.In(zone); local.Day() == clock.Day() && local.Hour() == clock.Hour() && local.Minute() == clock.Minute() {
			return at, true
		}
	}
	return time.Time{}, false
}

// serve starts what is due until ctx ends, and returns when all have finished.
func (s *schedule) serve(ctx context.Context, job func() *api.Job) {
	var running sync.WaitGroup
	defer running.Wait()
	for {
		for _, t := range s.due() {
			running.Go(func() { s.run(ctx, t, job()) })
		}
		wait := time.Minute
		if next, ok := s.Next(); ok {
			wait = min(wait, max(next.Sub(s.now()), time.Millisecond))
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-s.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

func (s *schedule) run(ctx context.Context, t *tick, j *api.Job) {
	if err := t.Handle(ctx, j); err != nil && ctx.Err() == nil {
		s.log.ErrorContext(ctx, "tick failed", "tick", t.Name, "err", err)
	}
	s.mu.Lock()
	t.busy = false
	s.mu.Unlock()
	s.Wake()
}

// due takes what should start now and sets when it starts next.
func (s *schedule) due() (due []*tick) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	for _, t := range s.ticks {
		if t.busy || t.next.After(now) {
			continue
		}
		t.busy = true
		t.next, _ = following(t.Tick, now) // it parsed in newSchedule
		due = append(due, t)
	}
	return due
}

// Next returns the earliest instant at which a tick starts.
func (s *schedule) Next() (next time.Time, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.ticks {
		if !ok || t.next.Before(next) {
			next, ok = t.next, true
		}
	}
	return next, ok
}

// Idle reports whether no tick runs or is due.
func (s *schedule) Idle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	for _, t := range s.ticks {
		if t.busy || !t.next.After(now) {
			return false
		}
	}
	return true
}

// Wake looks again at what is due.
func (s *schedule) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}
