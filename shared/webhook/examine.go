package webhook

import (
	"context"
	"net/http"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/signature"
)

// Receiver is what is behind an endpoint, for the receiver check: what it takes
// to send a request as if it were a delivery.
type Receiver struct {
	URL     string
	Secrets []signature.Secret // newest first
	Header  http.Header        // the endpoint's own headers
	ID      string             // a webhook-id that was never used
	Body    []byte             // an example event
}

// Examine hands out an endpoint's receiver to be checked, and leaves an audit
// entry. The check is no delivery: nothing of it is logged, retried or counted.
func (s *Service) Examine(ctx context.Context, actor access.Actor, id string, at time.Time) (Receiver, error) {
	e, err := s.look(ctx, actor.Workspace, id)
	if err != nil {
		return Receiver{}, err
	}
	keys, err := s.signer(ctx, e)
	if err != nil {
		return Receiver{}, err
	}
	body, err := s.anExample(actor, e, at)
	if err != nil {
		return Receiver{}, err
	}
	ops, err := s.about(ctx, actor, e, note{action: "webhook_endpoint.checked"}, at)
	if err != nil {
		return Receiver{}, err
	}
	return Receiver{e.URL, keys.live(at), keys.header.Clone(), s.NewID("dlv"), body}, s.Table.Write(ctx, ops...)
}

// anExample is an event of the first type that e wants, as a delivery would
// carry it, of an identifier that no event has.
func (s *Service) anExample(actor access.Actor, e *Endpoint, at time.Time) ([]byte, error) {
	chosen := s.Catalogue[0]
	for _, l := range s.Catalogue {
		if e.filter.Matches(l.Type) {
			chosen = l
			break
		}
	}
	sample, err := s.example(chosen.Type)
	if err != nil {
		return nil, err
	}
	return events.Envelope{
		ID: s.NewID("evt"), Type: sample.typ, OccurredAt: at.UTC(), Workspace: actor.Workspace, APIVersion: events.APIVersion,
		Actor: events.Actor{Type: actor.Kind, ID: actor.ID, Name: actor.Name}, Data: sample.data,
	}.Encode()
}
