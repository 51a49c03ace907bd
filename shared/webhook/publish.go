package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/outbox"
	"motorpool/shared/queue"
	"motorpool/shared/table"
)

// An order is a message in the queue: make an attempt, usually the first of a
// round. It says all that is needed to make the delivery and the round too, so
// that whoever sends it need not have stored anything yet.
type order struct {
	Workspace string       `json:"workspace"`
	Delivery  string       `json:"delivery"`
	Round     int          `json:"round"`
	Made      int          `json:"made,omitempty"`  // attempts in the round before this one
	Cause     Cause        `json:"cause,omitempty"` // empty: Published
	By        access.Actor `json:"by,omitzero"`
	PK        string       `json:"pk,omitempty"` // of the event; only in a first round
	SK        string       `json:"sk,omitempty"`
	Turn      bool         `json:"turn,omitempty"` // it has waited for its turn under the rate limit
}

func (o order) message(endpoint string, delay time.Duration) (queue.Message, error) {
	body, err := json.Marshal(o)
	return queue.Message{Group: endpoint, Body: body, Delay: delay}, err
}

// atOnce bounds how many deliveries of a batch are being written at a time.
const atOnce = 256

// Publish makes a delivery of each event for each endpoint that wants it, and
// sends the orders to attempt them: the stream's consumer. Both happen at the
// same time, because either suffices: the order makes a delivery that is not
// there yet. Publishing an event again does no harm, and is what repairs a
// batch that failed half way.
func (s *Service) Publish(ctx context.Context, batch []outbox.Stored, at time.Time) (err error) {
	defer func() {
		if err == nil {
			s.meter().Published(len(batch))
		}
	}()
	var due []*Delivery
	for workspace, list := range byWorkspace(batch) {
		more, err := s.match(ctx, workspace, list, at)
		if err != nil {
			return err
		}
		due = append(due, more...)
	}
	if len(due) == 0 {
		return nil
	}
	msgs := make([]queue.Message, len(due))
	for i, d := range due {
		var err error
		o := order{Workspace: d.Workspace, Delivery: d.ID, Round: 1, PK: d.Event.PK, SK: d.Event.SK}
		if msgs[i], err = o.message(d.Endpoint, 0); err != nil {
			return err
		}
	}
	var work sync.WaitGroup
	var sent, written error
	work.Go(func() { sent = s.Queue.Send(ctx, msgs...) })
	written = s.createAll(ctx, due)
	work.Wait()
	return errors.Join(sent, written)
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

// match makes the deliveries of one workspace's events.
func (s *Service) match(ctx context.Context, workspace string, batch []outbox.Stored, at time.Time) ([]*Delivery, error) {
	all, err := s.all(ctx, workspace)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	rules, err := s.Rules(ctx, workspace)
	if err != nil {
		return nil, err
	}
	var due []*Delivery
	for _, event := range batch {
		for _, e := range all {
			if (e.State == Enabled || e.State == Paused) && e.Wants(event.Type, event.PK) {
				due = append(due, deliver(workspace, e.ID, event, rules.Retention, at))
			}
		}
	}
	return due, nil
}

// createAll stores the deliveries, each in a write of its own: the machine
// commits them together anyway, and one that is there already spoils no other.
func (s *Service) createAll(ctx context.Context, due []*Delivery) error {
	if len(due) == 1 {
		return s.create(ctx, due[0])
	}
	errs := make([]error, len(due))
	slots := make(chan struct{}, atOnce)
	var work sync.WaitGroup
	for i, d := range due {
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			errs[i] = s.create(ctx, d)
		})
	}
	work.Wait()
	return errors.Join(errs...)
}

// create stores a new delivery. That it is there already is as good.
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
