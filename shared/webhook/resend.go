package webhook

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
)

// Resend begins a new round of a delivery, whatever became of the one before;
// it takes the place of a retry that waits. The endpoint must receive.
func (s *Service) Resend(ctx context.Context, actor access.Actor, id string, at time.Time) (*Delivery, error) {
	d, err := s.Delivery(ctx, actor.Workspace, id, at)
	if err != nil {
		return nil, err
	}
	if err := d.full(); err != nil {
		return nil, err
	}
	e, err := s.receiving(ctx, actor.Workspace, d.Endpoint, d.Test)
	if err != nil {
		return nil, err
	}
	r := Round{Number: d.Round.Number + 1, Cause: ByHand, By: actor}
	o := order{Workspace: d.Workspace, Delivery: d.ID, Round: r.Number, Cause: r.Cause, By: r.By}
	if err := s.send(ctx, o, e.ID, 0); err != nil {
		return nil, err
	}
	return s.beginNow(ctx, actor, d, r, at)
}

// beginNow stores the round that an order will begin in any case, so that it
// can be seen at once, and the audit entry.
func (s *Service) beginNow(ctx context.Context, actor access.Actor, d *Delivery, r Round, at time.Time) (*Delivery, error) {
	entry, err := s.Audit.Op(aboutPK(d.Workspace, d.Endpoint), actor, "webhook_delivery.resent",
		audit.Object{Type: "webhook_delivery", ID: d.ID, Name: d.Event.Type}, nil, at)
	if err != nil {
		return nil, err
	}
	for range tries {
		if d, err = s.fetch(ctx, d.Workspace, d.ID); err != nil {
			return nil, err
		}
		if d.Round.Number >= r.Number { // whoever took the order was faster
			return d, s.Table.Write(ctx, entry)
		}
		d.begin(r, at)
		if err = s.store(ctx, d, entry); !isConflict(err) {
			return d, err
		}
	}
	return nil, err
}

// receiving returns an endpoint that is enabled, or any if the delivery is a test.
func (s *Service) receiving(ctx context.Context, workspace, id string, test bool) (*Endpoint, error) {
	e, err := s.look(ctx, workspace, id)
	if err != nil {
		if fault.KindOf(err) == fault.NotFound {
			return nil, fault.New(fault.Conflict, "webhook.deleted", "This endpoint was deleted; nothing can be sent to it.")
		}
		return nil, err
	}
	if e.State != Enabled && !test {
		return nil, fault.New(fault.Conflict, "webhook."+string(e.State), "This endpoint is %s. %s it first.", e.State,
			map[State]string{Paused: "Resume", Disabled: "Enable"}[e.State])
	}
	return e, nil
}
