package idempotency

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/secrets"
	"motorpool/shared/table"
)

// Service is what the edge may ask. Its table is not the Riding one: what it
// writes for itself must not carry a ticket along.
type Service struct {
	Table table.Table
	Box   secrets.Box
}

// Where reservations and answers rest, for 24 hours:
//
//	PK         SK
//	WS#w#IDEM  sha256 of actor, route and key
type record struct {
	State  state     `json:"state"`
	Print  string    `json:"print"`
	Since  time.Time `json:"since"`
	Answer []byte    `json:"answer,omitempty"` // sealed
}

// Ticket is the right to do a request, for the first who came with its key.
type Ticket struct {
	service *Service
	key     table.Key
	record  record
	version int64 // of the reservation
	written func() bool
}

// Begin reserves r's key. It returns a ticket for the first who comes with it,
// and the answer for those who come after the first was answered. Others get a
// fault.Conflict: "idempotency.mismatch" (another request has the key),
// "idempotency.running" (wait) or "idempotency.interrupted" (it was begun, and
// nobody knows how it ended).
func (s *Service) Begin(ctx context.Context, actor access.Actor, r Request, at time.Time) (*Ticket, *Answer, error) {
	key := table.Key{PK: "WS#" + actor.Workspace + "#IDEM", SK: ident.Hash(actor.Kind + "\x00" + actor.ID + "\x00" + r.Route + "\x00" + r.Key)}
	t := &Ticket{service: s, key: key, record: record{State: running, Print: r.Print, Since: at}, written: func() bool { return false }}
	for {
		err := t.put(ctx)
		if _, taken := errors.AsType[*table.Conflict](err); !taken {
			return t, nil, err
		}
		it, err := s.Table.Get(ctx, key)
		if fault.KindOf(err) == fault.NotFound {
			t.version = 0
			continue // given up in between
		}
		if err != nil {
			return nil, nil, err
		}
		answer, dead, err := s.judge(ctx, it, r, at)
		if !dead {
			return nil, answer, err
		}
		t.version = it.Version
	}
}

// judge says what a reservation that is there means for r. A dead one may be
// taken over: its owner's first write would now fail.
func (s *Service) judge(ctx context.Context, it table.Item, r Request, at time.Time) (answer *Answer, dead bool, err error) {
	var was record
	if err := json.Unmarshal(it.Doc, &was); err != nil {
		return nil, false, err
	}
	switch {
	case was.Print != r.Print:
		return nil, false, fault.New(fault.Conflict, "idempotency.mismatch", "This Idempotency-Key was used for another request. Use a new key for each new request.")
	case was.State == done:
		answer, err := s.open(ctx, it.Key, was.Answer)
		return answer, false, err
	case was.State == broken || was.State == applied && at.Sub(was.Since) >= lease:
		return nil, false, fault.New(fault.Conflict, "idempotency.interrupted", "The first request with this Idempotency-Key was interrupted after it had taken effect, and its answer is lost. Look at what is there before you send it again with a new key.")
	case at.Sub(was.Since) < lease:
		busy := fault.New(fault.Conflict, "idempotency.running", "The first request with this Idempotency-Key is still being worked on. Send it again in a few seconds to get its answer.")
		busy.After = time.Second
		return nil, false, busy
	}
	return nil, true, nil
}

func (s *Service) open(ctx context.Context, key table.Key, sealed []byte) (*Answer, error) {
	plain, err := s.Box.Open(ctx, sealed, bound(key))
	if err != nil {
		return nil, err
	}
	var a Answer
	return &a, json.Unmarshal(plain, &a)
}

// Context returns the context in which the request is to be done: its first
// write through a table.Riding also marks the ticket as applied.
func (t *Ticket) Context(ctx context.Context) (context.Context, error) {
	next := t.record
	next.State = applied
	it, err := t.item(next, t.version)
	if err != nil {
		return ctx, err
	}
	ctx, t.written = table.Along(ctx, table.Put(it))
	return ctx, nil
}

// Finish leaves the answer for those who ask again.
func (t *Ticket) Finish(ctx context.Context, a Answer) error {
	plain, err := json.Marshal(a)
	if err != nil {
		return err
	}
	if len(plain) > MaxAnswer {
		return fault.New(fault.TooLarge, "idempotency.answer", "The answer is too long to be kept.")
	}
	sealed, err := t.service.Box.Seal(ctx, plain, bound(t.key))
	if err != nil {
		return err
	}
	t.record.State, t.record.Answer = done, sealed
	if t.written() {
		t.version++
	}
	return t.put(ctx)
}

// Release gives the key back if nothing was written, so that the request can be
// sent again. What was written stays: the key then answers "interrupted".
func (t *Ticket) Release(ctx context.Context) error {
	if t.written() {
		t.record.State = broken
		t.version++
		return t.put(ctx)
	}
	err := t.service.Table.Write(ctx, table.Delete(t.key, t.version))
	if _, lost := errors.AsType[*table.Conflict](err); lost {
		return nil // somebody has taken it over
	}
	return err
}

func (t *Ticket) put(ctx context.Context) error {
	it, err := t.item(t.record, t.version)
	if err != nil {
		return err
	}
	if err := t.service.Table.Write(ctx, table.Put(it)); err != nil {
		return err
	}
	t.version++
	return nil
}

func (t *Ticket) item(r record, version int64) (table.Item, error) {
	doc, err := json.Marshal(r)
	return table.Item{Key: t.key, Version: version, Expires: r.Since.Add(Keeps), Doc: doc}, err
}

func bound(k table.Key) string { return k.PK + "/" + k.SK }

// Kinds lists what rests here: answers move, so that a request which is sent
// again after a move is still not done again.
func Kinds() []table.Kind {
	return []table.Kind{{Name: "answer to an Idempotency-Key", PK: "WS#w#IDEM", SK: "*", Sealed: "answer", Bound: bound}}
}
