package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	"motorpool/shared/table"
)

// An order is a message in the queue: make an attempt, usually the first of a
// round. It says all that is needed to make the delivery and the round too, so
// that whoever sends it need not store anything: for most deliveries the first
// thing that is stored is their success.
type order struct {
	Workspace string       `json:"workspace"`
	Delivery  string       `json:"delivery"`
	Round     int          `json:"round"`
	Made      int          `json:"made,omitempty"`  // attempts in the round before this one
	Cause     Cause        `json:"cause,omitempty"` // empty: Published
	By        access.Actor `json:"by,omitzero"`
	PK        string       `json:"pk,omitempty"` // of the event; only in a first round
	SK        string       `json:"sk,omitempty"`
	Keep      int64        `json:"keep,omitempty"` // for so many seconds; only in a first round
	Turn      bool         `json:"turn,omitempty"` // it has waited for its turn under the rate limit
}

func (o order) message(endpoint string, delay time.Duration) (queue.Message, error) {
	body, err := json.Marshal(o)
	return queue.Message{Group: endpoint, Body: body, Delay: delay}, err
}

// Publish orders a delivery of each event to each endpoint that wants it: the
// stream's consumer. Nothing is stored: who takes an order makes the delivery
// and stores it with what came of its first attempt. Publishing an event again
// does no harm, and is what repairs a batch that failed half way. Of a workspace
// that has left the orders are parked: nobody would be told of the event again.
func (s *Service) Publish(ctx context.Context, batch []outbox.Stored, at time.Time) (err error) {
	defer func() {
		if err == nil {
			s.meter().Published(len(batch))
		}
	}()
	var msgs []queue.Message
	for workspace, list := range byWorkspace(batch) {
		due, err := s.match(ctx, workspace, list)
		if err != nil {
			return err
		}
		left := false
		if len(due) > 0 {
			if left, err = s.left(ctx, workspace); err != nil {
				return err
			}
		}
		for _, o := range due {
			endpoint, _ := endpointOf(o.Delivery)
			m, err := o.message(endpoint, 0)
			if err == nil && left {
				err = s.Park(ctx, m.Body, at)
			}
			if err != nil {
				return err
			}
			if !left {
				msgs = append(msgs, m)
			}
		}
	}
	if len(msgs) == 0 {
		return nil
	}
	return s.Queue.Send(ctx, msgs...)
}

func byWorkspace(batch []outbox.Stored) map[string][]outbox.Stored {
	groups := make(map[string][]outbox.Stored, 1)
	for _, e := range batch {
		w := workspaceOf(e.PK)
		groups[w] = append(groups[w], e)
	}
	return groups
}

// workspaceOf tells the workspace from a partition key.
func workspaceOf(pk string) string {
	w, _, _ := strings.Cut(strings.TrimPrefix(pk, "WS#"), "#")
	return w
}

// match orders the deliveries of one workspace's events.
func (s *Service) match(ctx context.Context, workspace string, batch []outbox.Stored) ([]order, error) {
	all, err := s.all(ctx, workspace)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	rules, err := s.Rules(ctx, workspace)
	if err != nil {
		return nil, err
	}
	var due []order
	for _, event := range batch {
		for _, e := range all {
			if (e.State == Enabled || e.State == Paused) && e.Wants(event.Type, event.PK) {
				due = append(due, first(workspace, e.ID, event, rules.Retention))
			}
		}
	}
	return due, nil
}

// first is the order to make a delivery and its first attempt.
func first(workspace, endpoint string, e outbox.Stored, keep time.Duration) order {
	return order{
		Workspace: workspace, Delivery: deliveryID(e.Ref, endpoint), Round: 1, PK: e.PK, SK: e.SK, Keep: int64(keep / time.Second),
	}
}

// create stores a delivery that was made but not stored, so that it can be
// seen while it waits. That it is there already is as good.
func (s *Service) create(ctx context.Context, d *Delivery) error {
	op, err := d.put()
	if err == nil {
		err = s.Table.Write(ctx, op)
	}
	if clash, ok := errors.AsType[*table.Conflict](err); ok && clash.Op == 0 {
		return nil
	}
	return err
}
