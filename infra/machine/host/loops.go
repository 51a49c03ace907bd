package host

import (
	"context"
	"time"
)

// loops is everything that works without being asked, until its context ends.
func (h *Host) loops() []func(context.Context) {
	return append(h.backend.Loops(h), func(ctx context.Context) { h.schedule.serve(ctx, h.job) })
}

// Count counts a piece of work that no request asked for, by the function that
// did it.
func (h *Host) Count(function string, err error) { h.metrics.worked(function, err) }

// worked counts such a piece of work, and logs what failed.
func (h *Host) worked(ctx context.Context, function string, err error) {
	h.Count(function, err)
	if err != nil && ctx.Err() == nil {
		h.cfg.Log.ErrorContext(ctx, "work failed and will be done again", "function", function, "err", err)
	}
}

// every does f now and each time d has passed, until ctx ends.
func every(ctx context.Context, d time.Duration, f func()) {
	ticker := time.NewTicker(d)
	defer ticker.Stop()
	for {
		f()
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
