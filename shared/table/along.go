package table

import (
	"context"
	"sync"
)

type alongKey struct{}

type along struct {
	op   Op
	mu   sync.Mutex // held during a write that carries op
	done bool
}

// Along returns a context in which the first Write through a Riding table also
// does op, in the same transaction, and a function that reports whether that
// has happened. The edge uses it to tie an Idempotency-Key to its effect.
func Along(ctx context.Context, op Op) (context.Context, func() bool) {
	a := &along{op: op}
	return context.WithValue(ctx, alongKey{}, a), func() bool {
		a.mu.Lock()
		defer a.mu.Unlock()
		return a.done
	}
}

// Riding is a table whose first Write under a context made by Along does that
// op too. All the product's services write through one.
type Riding struct{ Table }

// Write does ops and, once per context, the op that rides along. If the rider's
// condition fails, Conflict.Op is len(ops): no op of the caller's. A write that
// fails leaves the rider to the next one. Writes under one context wait for the
// one that carries the rider, so that none goes ahead of it; and because the
// rider counts, they have at most MaxOps-1 ops of their own.
func (r Riding) Write(ctx context.Context, ops ...Op) error {
	a, is := ctx.Value(alongKey{}).(*along)
	if !is {
		return r.Table.Write(ctx, ops...)
	}
	a.mu.Lock()
	if a.done {
		a.mu.Unlock()
		return r.Table.Write(ctx, ops...)
	}
	defer a.mu.Unlock()
	err := r.Table.Write(ctx, append(ops[:len(ops):len(ops)], a.op)...)
	a.done = err == nil
	return err
}
