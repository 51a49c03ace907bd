package webhook

import (
	"context"
	"encoding/json"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/timeline"
)

// early is by how much two clocks may disagree about when an attempt is due.
const early = time.Second

// Redeliver makes the attempt that is due: the timeline's Task. Called again for
// an attempt that is recorded, it makes up for what a crash left undone and says
// once more when the next one is.
func (s *Service) Redeliver(ctx context.Context, input json.RawMessage, at time.Time) (timeline.Next, error) {
	d, o, err := s.named(ctx, input)
	if d == nil || err != nil || d.Round.Number != o.Round {
		return timeline.Next{}, err
	}
	if left, err := s.left(ctx, o.Workspace); left || err != nil {
		return timeline.Next{}, err
	}
	e, err := s.look(ctx, d.Workspace, d.Endpoint)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return timeline.Next{}, err
	}
	if d.Status != Retrying {
		return timeline.Next{}, s.noteAgain(ctx, e, d)
	}
	if at.Before(d.Next.Add(-early)) {
		return s.notYet(ctx, e, d)
	}
	o.Made = d.Round.Attempts
	if waits, err := s.waits(ctx, o, e, d, at); waits || err != nil {
		return timeline.Next{}, err // the queue goes on, and begins another run if need be
	}
	d, err = s.attempt(ctx, e, d, nil, at)
	if err != nil || d.Status != Retrying || d.Round.Number != o.Round {
		return timeline.Next{}, err
	}
	return next(d), nil
}

// notYet answers for an attempt that was made already.
func (s *Service) notYet(ctx context.Context, e *Endpoint, d *Delivery) (timeline.Next, error) {
	if d.Round.Attempts < 2 {
		return timeline.Next{}, fault.New(fault.Unavailable, "webhook.early", "This attempt is not due before %s.", d.Next)
	}
	return next(d), s.noteAgain(ctx, e, d)
}

// named returns the delivery that a timeline is about, or nil if it has expired.
func (s *Service) named(ctx context.Context, input json.RawMessage) (*Delivery, order, error) {
	var o order
	if err := json.Unmarshal(input, &o); err != nil {
		return nil, o, fault.New(fault.Invalid, "webhook.order", "This is not an order to deliver.").Because(err)
	}
	d, err := s.fetch(ctx, o.Workspace, o.Delivery)
	if fault.KindOf(err) == fault.NotFound {
		return nil, o, nil
	}
	return d, o, err
}

// next is what the timeline is told after an attempt of a round failed.
func next(d *Delivery) timeline.Next {
	return timeline.Next{Failed: d.Round.Attempts, Wait: d.lastWait()}
}

// Abandon ends a delivery whose attempts could not be made or decided: the
// timeline's Abandon. It can be resent and recovered like any that failed.
func (s *Service) Abandon(ctx context.Context, input json.RawMessage, at time.Time) error {
	d, o, err := s.named(ctx, input)
	if d == nil || err != nil {
		return err
	}
	gaveUp := false
	if left, err := s.left(ctx, o.Workspace); left || err != nil {
		return err
	}
	_, err = s.amend(ctx, d, func(d *Delivery) bool {
		if gaveUp = d.Round.Number == o.Round && d.Status == Retrying; gaveUp {
			d.stop(ByTrouble, at)
		}
		return gaveUp
	})
	if err == nil && gaveUp {
		s.meter().GaveUp()
	}
	return err
}
