package webhook

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/outbox"
)

// An example is the data of a catalogue's example, as an event.
type example struct {
	typ  string
	data json.RawMessage
}

func (e example) Type() string { return e.typ }

func (e example) MarshalJSON() ([]byte, error) { return e.data, nil }

// Test sends the example of a type of event to one endpoint, paused or disabled
// ones too, and to no other. It is a delivery like any: signed, logged, retried.
func (s *Service) Test(ctx context.Context, actor access.Actor, id, typ string, at time.Time) (*Delivery, error) {
	e, err := s.look(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	sample, err := s.example(typ)
	if err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx, actor.Workspace)
	if err != nil {
		return nil, err
	}
	event, err := s.Events.Issue(ctx, actor, sample, at)
	if err != nil {
		return nil, err
	}
	return s.sendTest(ctx, actor, e, event, rules.Retention, at)
}

// sendTest orders the attempt, then stores the delivery, so that it can be seen
// at once.
func (s *Service) sendTest(ctx context.Context, actor access.Actor, e *Endpoint, event outbox.Stored, keep time.Duration, at time.Time) (*Delivery, error) {
	d := deliver(e.Workspace, e.ID, event, keep, at)
	d.Test, d.Round.Cause, d.Round.By = true, Tested, actor
	o := order{Workspace: d.Workspace, Delivery: d.ID, Round: 1, Cause: Tested, By: actor, PK: event.PK, SK: event.SK}
	if err := s.send(ctx, o, e.ID, 0); err != nil {
		return nil, err
	}
	entry, err := s.Audit.Op(aboutPK(e.Workspace, e.ID), actor, "webhook_endpoint.tested",
		audit.Object{Type: "webhook_endpoint", ID: e.ID, Name: e.name()}, []audit.Change{{Field: "type", To: event.Type}}, at)
	if err != nil {
		return nil, err
	}
	err = s.store(ctx, d, entry)
	if isConflict(err) { // whoever took the order was faster
		return d, s.Table.Write(ctx, entry)
	}
	return d, err
}

func (s *Service) example(typ string) (example, error) {
	i := slices.IndexFunc(s.Catalogue, func(l events.Listing) bool { return l.Type == typ })
	if i < 0 {
		return example{}, fault.New(fault.Invalid, "webhook.type", "Choose one of the types in the catalogue: %q is not there.", clip(typ, 60)).At("type")
	}
	var sample events.Envelope
	if err := json.Unmarshal(s.Catalogue[i].Example, &sample); err != nil {
		return example{}, err
	}
	return example{typ, sample.Data}, nil
}
