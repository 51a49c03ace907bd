package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"motorpool/shared/egress"
	"motorpool/shared/fault"
	"motorpool/shared/outbox"
	"motorpool/shared/signature"
	"motorpool/shared/table"
	"motorpool/shared/timeline"
)

// Deliver makes the first attempt of a round: the consumer of "deliveries".
// Handed the same order again it makes up for what a crash left undone.
func (s *Service) Deliver(ctx context.Context, message json.RawMessage, at time.Time) error {
	var o order
	if err := json.Unmarshal(message, &o); err != nil {
		return fault.New(fault.Invalid, "webhook.order", "This is not an order to deliver.").Because(err)
	}
	endpoint, ok := endpointOf(o.Delivery)
	if !ok {
		return fault.New(fault.Invalid, "webhook.order", "An order names a delivery.")
	}
	if left, err := s.left(ctx, o.Workspace); err != nil {
		return err
	} else if left {
		return s.Park(ctx, message, at)
	}
	d, body, err := s.ordered(ctx, o, endpoint, at)
	if d == nil || err != nil {
		return err
	}
	e, err := s.glance(ctx, o.Workspace, endpoint)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if !o.starts(d, at) {
		return s.settle(ctx, e, d, o)
	}
	if waits, err := s.waits(ctx, o, e, d, at); waits || err != nil {
		return err
	}
	after, err := s.attempt(ctx, e, d, body, at)
	if err != nil {
		return errors.Join(err, s.show(context.WithoutCancel(ctx), d))
	}
	return s.schedule(ctx, after)
}

// show stores a delivery that nobody has stored yet and that has to wait, so
// that it can be seen meanwhile.
func (s *Service) show(ctx context.Context, d *Delivery) error {
	if d.version > 0 || len(d.Attempts) > 0 {
		return nil
	}
	return s.create(ctx, d)
}

// ordered returns the delivery that an order is for, made anew if it is not
// there yet, or nil if the delivery or its event has expired since. body is what
// it carries, if that had to be read; otherwise nil.
func (s *Service) ordered(ctx context.Context, o order, endpoint string, at time.Time) (d *Delivery, body []byte, err error) {
	if o.PK == "" {
		d, err = s.fetch(ctx, o.Workspace, o.Delivery)
		if fault.KindOf(err) == fault.NotFound {
			err = nil
		}
		return d, nil, err
	}
	d, err = s.fetch(table.Lately(ctx), o.Workspace, o.Delivery) // one that is missed is found when it is stored
	if fault.KindOf(err) != fault.NotFound {
		return d, nil, err
	}
	body, err = s.body(ctx, o.PK, o.SK)
	if err != nil || body == nil {
		return nil, nil, err
	}
	event, err := outbox.Read(o.PK, o.SK, body)
	if err != nil {
		return nil, nil, err
	}
	keep := time.Duration(o.Keep) * time.Second
	if keep == 0 {
		rules, err := s.Rules(ctx, o.Workspace)
		if err != nil {
			return nil, nil, err
		}
		keep = rules.Retention
	}
	d = deliver(o.Workspace, endpoint, event, keep, at)
	if o.Cause != "" {
		d.Round.Cause, d.Round.By, d.Test = o.Cause, o.By, o.Cause == Tested
	}
	return d, body, nil
}

// starts reports whether the order's attempt is still to be made, and begins its
// round if that has not begun.
func (o order) starts(d *Delivery, at time.Time) bool {
	if o.Round == d.Round.Number {
		return d.Waiting() && d.Round.Attempts == o.Made
	}
	wanted := map[Cause]bool{ByHand: true, Recovered: d.Status == Failed, Resumed: d.Status == Held}[o.Cause]
	if o.Round != d.Round.Number+1 || !wanted || d.full() != nil {
		return false
	}
	d.begin(Round{Number: o.Round, Cause: o.Cause, By: o.By}, at)
	return true
}

// settle does again what follows an attempt that is recorded: the crash may
// have come in between.
func (s *Service) settle(ctx context.Context, e *Endpoint, d *Delivery, o order) error {
	if o.Round != d.Round.Number || d.Round.Attempts != o.Made+1 {
		return nil
	}
	if err := s.noteAgain(ctx, e, d); err != nil {
		return err
	}
	return s.schedule(ctx, d)
}

// schedule begins the timeline of a delivery after an attempt that the queue
// ordered. The timeline itself orders those that follow.
func (s *Service) schedule(ctx context.Context, d *Delivery) error {
	if d.Status != Retrying {
		return nil
	}
	input, err := json.Marshal(order{Workspace: d.Workspace, Delivery: d.ID, Round: d.Round.Number})
	if err != nil {
		return err
	}
	return s.Timeline.Begin(ctx, timeline.Run{ID: d.runID(), Input: input, Wait: d.lastWait()})
}

// runID is equal for the same attempt, so that beginning twice is beginning once.
func (d *Delivery) runID() string {
	id := d.ID + "-r" + strconv.Itoa(d.Round.Number)
	if d.Round.Attempts > 1 {
		id += "-a" + strconv.Itoa(d.Round.Attempts)
	}
	return id
}

// lastWait is how long the attempt made last in this round said to wait.
func (d *Delivery) lastWait() time.Duration {
	for _, a := range slices.Backward(d.Attempts) {
		if a.Round == d.Round.Number && a.Step == d.Round.Attempts {
			return a.Wait.Duration()
		}
	}
	return Plan[0]
}

// attempt makes one attempt and records it, or records why it is not made. It
// returns the delivery as it is then. body may be nil: it is read when needed.
func (s *Service) attempt(ctx context.Context, e *Endpoint, d *Delivery, body []byte, at time.Time) (*Delivery, error) {
	switch {
	case e == nil:
		return s.amend(ctx, d, ending(d.Round, ByDeletion, at))
	case e.State == Disabled && !d.Test:
		return s.amend(ctx, d, ending(d.Round, ByDisabling, at))
	case e.State == Paused && !d.Test:
		return s.shelve(ctx, e, d, body, at)
	}
	if body == nil {
		var err error
		if body, err = s.body(ctx, d.Event.PK, d.Event.SK); err != nil {
			return nil, err
		}
		if body == nil {
			return s.amend(ctx, d, ending(d.Round, ByExpiry, at))
		}
	}
	keys, err := s.signer(ctx, e)
	if err != nil {
		return nil, err
	}
	a, err := s.request(ctx, e, keys, d.ID, body, at)
	if err != nil {
		return nil, err
	}
	return s.record(context.WithoutCancel(ctx), e, d, a)
}

// ending stops a delivery unless it has moved on from this stage of a round.
func ending(r Round, why Why, at time.Time) func(*Delivery) bool {
	return func(d *Delivery) bool {
		d.enter(r)
		if d.turn() != (turn{r.Number, r.Attempts}) || !d.Waiting() {
			return false
		}
		d.stop(why, at)
		return true
	}
}

// shelve holds a delivery, provided that the endpoint has not changed since it
// was read: a resume that comes in between must not miss it.
func (s *Service) shelve(ctx context.Context, e *Endpoint, d *Delivery, body []byte, at time.Time) (*Delivery, error) {
	round, began := d.Round, d.turn()
	d.hold(at)
	err := s.store(ctx, d, table.Check(endpointKey(e.Workspace, e.ID), e.version))
	if !isConflict(err) {
		return d, err
	}
	if d, err = s.fetch(ctx, d.Workspace, d.ID); err != nil {
		return nil, err
	}
	if d.enter(round); d.turn() != began || !d.Waiting() {
		return d, nil
	}
	e, err = s.look(ctx, e.Workspace, e.ID)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	return s.attempt(ctx, e, d, body, at)
}

// request makes the request. An error means that it was not made, or that Motorpool
// itself broke it off.
func (s *Service) request(ctx context.Context, e *Endpoint, keys *signer, id string, body []byte, at time.Time) (Attempt, error) {
	signed := signature.Sign(keys.live(at), id, at, body)
	header := maps.Clone(keys.header)
	signed.SetIn(header)
	res := s.Sender.Post(ctx, e.URL, header, body, s.Now)
	if res.Class == egress.Interrupted {
		return Attempt{}, fault.New(fault.Unavailable, "webhook.interrupted", "Motorpool is shutting down.").Because(ctx.Err())
	}
	return Attempt{
		At: res.At, Took: Millis(res.Took / time.Millisecond), URL: e.URL,
		Sent:   Sent{signed.Timestamp, signed.Signature, e.HeaderNames},
		Status: res.Status, Class: res.Class, Reason: res.Reason,
		Header: res.Header, Body: res.Body, Cut: res.Cut, Asked: res.RetryAfter,
	}, nil
}

// record stores an attempt that was made, whatever has happened to the delivery
// in the meantime, and what it says about the endpoint.
func (s *Service) record(ctx context.Context, e *Endpoint, d *Delivery, a Attempt) (*Delivery, error) {
	round, began, over := d.Round, d.turn(), s.Now().UTC()
	var done Attempt
	d, err := s.amend(ctx, d, func(d *Delivery) bool {
		d.enter(round)
		done = d.record(a, began, over)
		return true
	})
	if err != nil {
		return nil, err
	}
	s.measure(done)
	return d, s.noteHealth(ctx, e, done, over)
}
