package source

import (
	"context"
	"encoding/json"
	"time"

	"motorpool/shared/table"
)

// A shard is how far one shard of a stream has been handed out.
type shard struct {
	id, parent string
	read       string // the last sequence number that was read
	iterator   string // what comes after; empty: to be asked for
	ended      bool   // the stream has said that nothing comes after

	pending [][]record // batches of the page read last that are not done, in order
	tries   int        // how often the first of them has failed
	first   time.Time  // when it failed first
	again   time.Time  // when it is tried again

	key      table.Key // of the note
	version  int64
	position position
}

// position is what is remembered of a shard.
type position struct {
	After string `json:"after"` // the last sequence number that is done
	Done  bool   `json:"done"`  // the shard is closed, and all of it done
}

// set changes what is pending, which Next reads.
func (s *Stream) set(h *shard, pending [][]record, again time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h.pending, h.again = pending, again
}

// hand gives the function the batches of h, in order, as long as that goes well.
func (s *Stream) hand(ctx context.Context, h *shard) (found bool, err error) {
	for len(h.pending) > 0 && ctx.Err() == nil {
		if h.again.After(s.world.Now()) {
			return false, nil
		}
		batch := h.pending[0]
		_, failed := s.world.call(ctx, s.m.Function, envelope(batch))
		if failed == nil {
			h.tries = 0
			s.set(h, h.pending[1:], time.Time{})
			continue
		}
		if err := s.fail(ctx, h, batch, failed); err != nil {
			return true, err
		}
	}
	if len(h.pending) > 0 {
		return true, nil
	}
	return true, s.position(ctx, h)
}

// fail halves a batch, or waits longer and longer before it is tried again, or
// gives it up when it has failed too often or for too long.
func (s *Stream) fail(ctx context.Context, h *shard, batch []record, why error) error {
	now := s.world.Now()
	if s.m.Bisect && len(batch) > 1 {
		middle := len(batch) / 2
		s.set(h, append([][]record{batch[:middle], batch[middle:]}, h.pending[1:]...), time.Time{})
		return nil
	}
	if h.tries == 0 {
		h.first = now
	}
	h.tries++
	tired := s.m.MaxAttempts > 0 && h.tries > s.m.MaxAttempts
	if !tired && (s.m.MaxAge == 0 || now.Sub(h.first) < s.m.MaxAge) {
		s.set(h, h.pending, now.Add(min(time.Second<<min(h.tries-1, 6), time.Minute)))
		return nil
	}
	condition := "RecordAgeExceeded"
	if tired {
		condition = "RetryAttemptsExhausted"
	}
	s.world.Log.ErrorContext(ctx, "records given up", "function", s.m.Function.Name, "shard", h.id, "records", len(batch), "tries", h.tries, "err", why)
	if err := s.giveUp(ctx, h, batch, condition); err != nil {
		return err
	}
	h.tries = 0
	s.set(h, h.pending[1:], time.Time{})
	return nil
}

// giveUp says which records were passed over, as Lambda does.
// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
func (s *Stream) giveUp(ctx context.Context, h *shard, batch []record, condition string) error {
	if s.m.GiveUp == nil {
		return nil
	}
	about, err := json.Marshal(map[string]any{
		"version":        "1.0",
		"timestamp":      s.world.Now().UTC().Format(time.RFC3339Nano),
		"requestContext": map[string]any{"functionArn": s.m.Function.Name, "condition": condition, "approximateInvokeCount": h.tries},
		"DDBStreamBatchInfo": map[string]any{
			"shardId": h.id, "streamArn": s.m.Stream, "batchSize": len(batch),
			"startSequenceNumber": batch[0].number, "endSequenceNumber": batch[len(batch)-1].number,
		},
	})
	if err != nil {
		return err
	}
	return s.m.GiveUp(ctx, about)
}

// position remembers that all that was read is done.
func (s *Stream) position(ctx context.Context, h *shard) error {
	at := position{After: h.read, Done: h.ended}
	if at == h.position {
		return nil
	}
	if err := s.world.remember(context.WithoutCancel(ctx), h.key, h.version, at); err != nil {
		return err
	}
	h.version++
	h.position = at
	return nil
}
