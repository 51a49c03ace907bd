package host

import (
	"context"
	"encoding/json"
	"time"

	"motorpool/functions"
	"motorpool/shared/api"
	"motorpool/shared/queue"
	"motorpool/shared/table"
	"motorpool/shared/timeline"
)

// loops is everything that works without being asked, until its context ends.
func (h *Host) loops() []func(context.Context) {
	loops := []func(context.Context){
		func(ctx context.Context) { h.schedule.serve(ctx, h.job) },
		func(ctx context.Context) { h.timeline.Serve(ctx, h.task, h.abandon) },
		h.sweep,
		h.relax,
	}
	for _, s := range functions.Streams() {
		loops = append(loops, func(ctx context.Context) { h.table.Follow(ctx, h.follow(s)) })
	}
	for _, c := range functions.Consumers() {
		loops = append(loops, func(ctx context.Context) { h.queues[c.Queue].Serve(ctx, h.consume(c)) })
	}
	return loops
}

func (h *Host) follow(s api.Stream) func(context.Context, []table.Item) error {
	return func(ctx context.Context, items []table.Item) error {
		batch := make([]api.Record, len(items))
		for i, it := range items {
			batch[i] = api.Record{PK: it.Key.PK, SK: it.Key.SK, Doc: it.Doc}
		}
		err := s.Handle(ctx, h.job(), batch)
		h.failed(ctx, s.Name, err)
		return err
	}
}

func (h *Host) consume(c api.Consumer) queue.Handler {
	return func(ctx context.Context, m queue.Message) error {
		err := c.Handle(ctx, h.job(), m.Body)
		h.failed(ctx, c.Name, err)
		return err
	}
}

// task and abandon are the two functions that the retry timeline calls.
func (h *Host) task(ctx context.Context, input json.RawMessage) (timeline.Next, error) {
	return h.step(ctx, "steps.redeliver", input)
}

func (h *Host) abandon(ctx context.Context, input json.RawMessage) error {
	_, err := h.step(ctx, "steps.abandon", input)
	return err
}

func (h *Host) step(ctx context.Context, name string, input json.RawMessage) (timeline.Next, error) {
	s, _ := functions.Step(name) // a test says that both are there
	next, err := s.Handle(ctx, h.job(), input)
	h.failed(ctx, name, err)
	return next, err
}

func (h *Host) failed(ctx context.Context, function string, err error) {
	h.metrics.worked(function, err)
	if err != nil && ctx.Err() == nil {
		h.cfg.Log.ErrorContext(ctx, "work failed and will be done again", "function", function, "err", err)
	}
}

// sweep removes expired items, as DynamoDB's TTL does.
func (h *Host) sweep(ctx context.Context) {
	every(ctx, time.Minute, func() {
		for {
			if n, err := h.table.Sweep(ctx); err != nil || n == 0 {
				return
			}
		}
	})
}

// relax keeps the process's resident memory to what it works on.
func (h *Host) relax(ctx context.Context) { every(ctx, 5*time.Second, h.disk.Relax) }

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
