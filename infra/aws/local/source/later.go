package source

import (
	"context"
	"sync"
	"time"
)

// later is what waits for its time.
type later struct {
	mu    sync.Mutex
	todo  []todo
	doing bool
}

type todo struct {
	at time.Time
	do func(context.Context) error
}

func (l *later) add(at time.Time, do func(context.Context) error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.todo = append(l.todo, todo{at, do})
}

// Next is the earliest instant at which something falls due.
func (l *later) Next() (next time.Time, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, t := range l.todo {
		if !ok || t.at.Before(next) {
			next, ok = t.at, true
		}
	}
	return next, ok
}

// due reports whether something is to be done by now, or being done.
func (l *later) due(now time.Time) bool {
	next, some := l.Next()
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.doing || some && !next.After(now)
}

// run does what is due. What fails, and what comes after it, is to be done again.
func (l *later) run(ctx context.Context, now time.Time) (err error) {
	due := l.take(now)
	for len(due) > 0 && err == nil {
		if err = due[0].do(ctx); err == nil {
			due = due[1:]
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.todo, l.doing = append(l.todo, due...), false
	return err
}

func (l *later) take(now time.Time) (due []todo) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var rest []todo
	for _, t := range l.todo {
		if t.at.After(now) {
			rest = append(rest, t)
		} else {
			due = append(due, t)
		}
	}
	l.todo, l.doing = rest, len(due) > 0
	return due
}
