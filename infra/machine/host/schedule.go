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
		if _, err := following(t.Schedule, now()); err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
		s.ticks = append(s.ticks, &tick{Tick: t, next: now()})
	}
	return s, nil
}

// following returns when an EventBridge Scheduler expression next comes true
// after t. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
func following(expression string, t time.Time) (time.Time, error) {
	if cron, ok := strings.CutPrefix(expression, "cron("); ok {
		exp, err := cronplan.Parse(strings.TrimSuffix(cron, ")"))
		if err != nil {
			return time.Time{}, err
		}
		return exp.Next(t.Add(time.Minute).Truncate(time.Minute)), nil
	}
	count, unit, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(expression, "rate("), ")"), " ")
	n, err := strconv.Atoi(count)
	units := map[string]time.Duration{"minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour}
	every := units[strings.TrimSuffix(unit, "s")]
	if err != nil || n < 1 || every == 0 {
		return time.Time{}, fmt.Errorf("%q is not a schedule", expression)
	}
	return t.Add(time.Duration(n) * every), nil
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
		t.next, _ = following(t.Schedule, now) // it parsed in newSchedule
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
