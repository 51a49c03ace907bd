package webhook

import (
	"context"
	"encoding/json"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/queue"
	"motorpool/shared/table"
)

// turnOf reserves the endpoint's next turn under its rate limit, and returns how
// long it is until then. Turns lie 1/RateLimit apart. Not mine means that none
// was reserved: ask again after that time.
func (s *Service) turnOf(ctx context.Context, e *Endpoint, at time.Time) (in time.Duration, mine bool, err error) {
	key := table.Key{PK: aboutPK(e.Workspace, e.ID), SK: "SLOT"}
	for range tries {
		it, err := s.Table.Get(ctx, key)
		if fault.KindOf(err) == fault.NotFound {
			it, err = table.Item{Key: key}, nil
		}
		if err != nil {
			return 0, false, err
		}
		free := at // when the next turn is
		if it.Version > 0 {
			if err := json.Unmarshal(it.Doc, &free); err != nil {
				return 0, false, err
			}
		}
		if free.Before(at) {
			free = at
		}
		if free.Sub(at) > queue.MaxDelay {
			return queue.MaxDelay, false, nil // further than a message can be delayed
		}
		it.Doc, _ = json.Marshal(free.Add(time.Second / time.Duration(e.RateLimit)).UTC()) // a time of our own always encodes
		it.Expires = free.Add(time.Hour)
		if err = s.Table.Write(ctx, table.Put(it)); !isConflict(err) {
			return free.Sub(at), err == nil, err
		}
	}
	return time.Second, false, nil // a crowd
}

// waits sends an order again for its turn, if its endpoint has a rate limit and
// the turn is not now, and reports whether it did.
func (s *Service) waits(ctx context.Context, o order, e *Endpoint, d *Delivery, at time.Time) (bool, error) {
	if e == nil || e.RateLimit == 0 || o.Turn || e.State != Enabled && !d.Test {
		return false, nil
	}
	in, mine, err := s.turnOf(ctx, e, at)
	if err != nil || mine && in == 0 {
		return false, err
	}
	o.Turn = mine
	if err := s.send(ctx, o, e.ID, in); err != nil {
		return true, err
	}
	return true, s.show(ctx, d)
}

// send puts an order into the queue.
func (s *Service) send(ctx context.Context, o order, endpoint string, delay time.Duration) error {
	m, err := o.message(endpoint, delay)
	if err != nil {
		return err
	}
	return s.Queue.Send(ctx, m)
}
