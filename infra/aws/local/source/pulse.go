package source

import (
	"context"
	"sync"
	"time"
)

// A pulse keeps a poller and whoever waits for it together: the one says that
// there may be something to do, the other that it has looked since and found
// nothing. So "everything is done" is a fact and not a matter of waiting long.
type pulse struct {
	mu    sync.Mutex
	asked uint64 // how often there may have been something to do
	seen  uint64 // what asked was when a look began that found nothing
	wake  chan struct{}
}

func newPulse() *pulse { return &pulse{asked: 1, wake: make(chan struct{}, 1)} }

// ask makes the poller look (again).
func (p *pulse) ask() {
	p.mu.Lock()
	p.asked++
	p.mu.Unlock()
	p.nudge()
}

// nudge wakes the poller without anything to look for.
func (p *pulse) nudge() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// look begins a look; found ends it if there was nothing.
func (p *pulse) look() uint64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}

func (p *pulse) nothing(since uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen = since
}

// rests reports that a look which began after the last ask found nothing.
func (p *pulse) rests() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen == p.asked
}

// wait returns when the poller is woken, after d, or when ctx ends.
func (p *pulse) wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-p.wake:
	case <-timer.C:
	}
}
