package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table     table.Table
	NewID     ident.Source
	Retention func(ctx context.Context, workspace string) time.Duration // nil means DefaultRetention
}

// DefaultRetention is how long events are kept where nothing else is set.
const DefaultRetention = 90 * 24 * time.Hour

func (s *Service) retention(ctx context.Context, workspace string) time.Duration {
	if s.Retention == nil {
		return DefaultRetention
	}
	return s.Retention(ctx, workspace)
}

// Op returns the op that records e in the partition pk of the thing it is
// about. Put it into the Write that makes the change. An event too large to
// deliver carries a link instead of its object: {"object":{"id","type","url"},"truncated":true}.
func (s *Service) Op(ctx context.Context, pk string, actor access.Actor, e events.Event, at time.Time) (table.Op, error) {
	id := s.NewID("evt")
	body, err := encode(id, actor, e, at)
	if err != nil {
		return table.Op{}, err
	}
	return s.put(ctx, actor.Workspace, place{pk, eventPrefix, ident.Suffix(id)}, body, at), nil
}

// Issue stores an event that is for one endpoint only, to test it: it is not
// published, and no list shows it. Get finds it.
func (s *Service) Issue(ctx context.Context, actor access.Actor, e events.Event, at time.Time) (Stored, error) {
	id := s.NewID("evt")
	body, err := encode(id, actor, e, at)
	if err != nil {
		return Stored{}, err
	}
	op := s.put(ctx, actor.Workspace, place{ownPK(actor.Workspace, id), testPrefix, ident.Suffix(id)}, body, at)
	if err := s.Table.Write(ctx, op); err != nil {
		return Stored{}, err
	}
	return Read(op.Item.Key.PK, op.Item.Key.SK, body)
}

// encode makes the bytes that subscribers receive.
func encode(id string, actor access.Actor, e events.Event, at time.Time) ([]byte, error) {
	data, err := events.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("outbox: %s: %w", e.Type(), err)
	}
	body, err := envelope(id, e.Type(), actor, data, at).Encode()
	if err == nil && len(body) > events.MaxEnvelopeBytes {
		body, err = envelope(id, e.Type(), actor, link(e, data), at).Encode()
	}
	return body, err
}

func envelope(id, typ string, actor access.Actor, data json.RawMessage, at time.Time) events.Envelope {
	return events.Envelope{
		ID: id, Type: typ, OccurredAt: at.UTC(), Workspace: actor.Workspace, APIVersion: events.APIVersion,
		Actor: events.Actor{Type: actor.Kind, ID: actor.ID, Name: actor.Name}, Data: data,
	}
}

// linked is data whose object was too large to carry.
type linked struct {
	Object    events.Link `json:"object"`
	Truncated bool        `json:"truncated"`
}

func link(e events.Event, data json.RawMessage) json.RawMessage {
	l := linked{Truncated: true}
	if known, ok := e.(events.Linked); ok {
		l.Object = known.Link()
	} else {
		var d struct{ Object struct{ ID string } }
		_ = json.Unmarshal(data, &d) // data without an object has no id to give
		noun, _, _ := strings.Cut(e.Type(), ".")
		l.Object = events.Link{ID: d.Object.ID, Type: noun}
	}
	b, _ := events.Marshal(l) // a struct of strings always encodes
	return b
}

// Get returns the event with this id: ours, or one that a client chose. One
// that is older than the retention, or another workspace's, is not found.
func (s *Service) Get(ctx context.Context, workspace, id string, at time.Time) (Stored, error) {
	it, err := s.find(ctx, workspace, id)
	if err != nil {
		return Stored{}, err
	}
	e, err := Read(it.Key.PK, it.Key.SK, it.Doc)
	if err != nil {
		return Stored{}, err
	}
	if e.ID != id || e.OccurredAt.Before(s.horizon(ctx, workspace, at)) {
		return Stored{}, notFound()
	}
	return e, nil
}

// horizon is the earliest instant whose events are still kept.
func (s *Service) horizon(ctx context.Context, workspace string, at time.Time) time.Time {
	return at.Add(-s.retention(ctx, workspace))
}

func notFound() error {
	return fault.New(fault.NotFound, "event.not_found", "There is no such event here. Events are kept for as long as the workspace's settings say.")
}

// Filter says which events a list wants; a zero field wants all.
type Filter struct {
	Type  string    // "asset.created", or "asset.*" for a whole category
	Since time.Time // at this instant or later
	Until time.Time // before this instant
}

func (f Filter) wants(e Stored) bool {
	noun, wild := strings.CutSuffix(f.Type, "*")
	return (f.Type == "" || f.Type == e.Type || wild && strings.HasPrefix(e.Type, noun)) &&
		!e.OccurredAt.Before(f.Since) && (f.Until.IsZero() || e.OccurredAt.Before(f.Until))
}
