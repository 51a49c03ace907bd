package backend

import (
	"context"
	"slices"

	"motorpool/infra/aws/local/source"
	"motorpool/shared/queue"
	"motorpool/shared/table"
	"motorpool/shared/timeline"
)

// told is a table whose stream is read at once when an event was written.
type told struct {
	table.Table
	isEvent func(table.Key) bool
	ask     func()
}

func (t told) Write(ctx context.Context, ops ...table.Op) error {
	err := t.Table.Write(ctx, ops...)
	// Also after an error: it may be the answer that was lost.
	if slices.ContainsFunc(ops, func(o table.Op) bool { return t.isEvent(o.Item.Key) }) {
		t.ask()
	}
	return err
}

// sent is a queue that is looked into at once when something was sent. On a clock
// that stands still, what is delayed is sent when that clock says so.
type sent struct {
	queue.Queue
	source *source.Queue
	frozen bool
}

func (s sent) Send(ctx context.Context, msgs ...queue.Message) error {
	if err := queue.Validate(msgs); err != nil {
		return err
	}
	now := msgs
	if s.frozen {
		now = nil
		for _, m := range msgs {
			if d := m.Delay; d > 0 {
				m.Delay = 0
				s.source.Delay(d, func(ctx context.Context) error { return s.Queue.Send(ctx, m) })
				continue
			}
			now = append(now, m)
		}
	}
	err := s.Queue.Send(ctx, now...)
	s.source.Ask()
	return err
}

// begun is a timeline whose executions are looked for at once.
type begun struct {
	timeline.Timeline
	ask func()
}

func (b begun) Begin(ctx context.Context, r timeline.Run) error {
	err := b.Timeline.Begin(ctx, r)
	b.ask()
	return err
}
