package identity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Where identities rest, outside every workspace:
//
//	PK                          SK         what
//	DOOR#USER#<id>              IDENTITY
//	DOOR#EMAIL#<sha256>         CLAIM      -> id; of the address in lower case
//	DOOR#TICKET#<sha256>        LINK       of the token; expires
//	DOOR#TRIES#<door>           TRIES      attempts of the last quarter of an hour; expires
func identityKey(id string) table.Key { return table.Key{PK: "DOOR#USER#" + id, SK: "IDENTITY"} }

func emailKey(email string) table.Key {
	return table.Key{PK: "DOOR#EMAIL#" + ident.Hash(fold(email)), SK: "CLAIM"}
}

func linkKey(token string) table.Key {
	return table.Key{PK: "DOOR#TICKET#" + ident.Hash(token), SK: "LINK"}
}

func triesKey(door string) table.Key { return table.Key{PK: "DOOR#TRIES#" + door, SK: "TRIES"} }

func (i *Identity) put() (table.Op, error) {
	doc, err := json.Marshal(i)
	return table.Put(table.Item{Key: identityKey(i.ID), Version: i.version, Doc: doc}), err
}

// birth returns the ops that store a new identity with the claim to its address.
func (i *Identity) birth() ([]table.Op, error) {
	op, err := i.put()
	return []table.Op{table.Put(table.Item{Key: emailKey(i.Email), Doc: json.RawMessage(`"` + i.ID + `"`)}), op}, err
}

func (s *Service) save(ctx context.Context, i *Identity) error {
	op, err := i.put()
	if err == nil {
		err = s.Table.Write(ctx, op)
	}
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return fault.New(fault.Conflict, "identity.changed", "This user was changed at the same moment. Try again.").Because(err)
	}
	if err == nil {
		i.version++
	}
	return err
}

func (s *Service) load(ctx context.Context, id string) (*Identity, error) {
	it, err := s.Table.Get(ctx, identityKey(id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, nobody(err)
	}
	if err != nil {
		return nil, err
	}
	i := &Identity{version: it.Version}
	if err := json.Unmarshal(it.Doc, i); err != nil {
		return nil, fmt.Errorf("identity: %s: %w", it.Key.PK, err)
	}
	return i, nil
}

func (s *Service) owner(ctx context.Context, email string) (id string, err error) {
	it, err := s.Table.Get(ctx, emailKey(email))
	if fault.KindOf(err) == fault.NotFound {
		return "", nobody(err)
	}
	if err != nil {
		return "", err
	}
	return id, json.Unmarshal(it.Doc, &id)
}

// tries are the attempts at one door that have not succeeded, or not yet.
type tries struct {
	At    []time.Time `json:"at,omitempty"`
	Until time.Time   `json:"until,omitzero"` // locked
}

// try counts an attempt before it is made, so that of many at the same moment
// no more than MaxFailures are looked at. It returns fault.TooMany while the
// door is locked.
func (s *Service) try(ctx context.Context, door string, at time.Time) error {
	for {
		t, version, err := s.tries(ctx, door)
		if err != nil {
			return err
		}
		if at.Before(t.Until) {
			return locked(t.Until, at)
		}
		next := tries{At: append(recent(t.At, at), at)}
		if len(next.At) >= MaxFailures {
			next = tries{Until: at.Add(LockLasts)}
		}
		doc, err := json.Marshal(next)
		if err != nil {
			return err
		}
		err = s.Table.Write(ctx, table.Put(table.Item{Key: triesKey(door), Version: version, Expires: at.Add(Window + LockLasts), Doc: doc}))
		if _, raced := errors.AsType[*table.Conflict](err); !raced {
			return err
		}
	}
}

func recent(all []time.Time, at time.Time) []time.Time {
	return slices.DeleteFunc(all, func(t time.Time) bool { return at.Sub(t) >= Window })
}

func (s *Service) tries(ctx context.Context, door string) (t tries, version int64, err error) {
	it, err := s.Table.Get(ctx, triesKey(door))
	if fault.KindOf(err) == fault.NotFound {
		return t, 0, nil
	}
	if err == nil {
		err = json.Unmarshal(it.Doc, &t)
	}
	return t, it.Version, err
}

// forget clears a door after a success.
func (s *Service) forget(ctx context.Context, door string) error {
	_, version, err := s.tries(ctx, door)
	if err != nil || version == 0 {
		return err
	}
	err = s.Table.Write(ctx, table.Delete(triesKey(door), version))
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return nil
	}
	return err
}

// Kinds lists what rests here. None of it moves: whoever signs in here signs in
// anew, with the same address, where the workspace has moved.
func Kinds() []table.Kind {
	const stays = "people sign in anew where the workspace has moved"
	nobodys := func(table.Item) string { return "" }
	return []table.Kind{
		{Name: "identity", PK: "DOOR#USER#*", SK: "IDENTITY", Owner: nobodys, Stays: stays},
		{Name: "e-mail's claim", PK: "DOOR#EMAIL#*", SK: "CLAIM", Owner: nobodys, Stays: stays},
		{Name: "link", PK: "DOOR#TICKET#*", SK: "LINK", Owner: nobodys, Stays: stays},
		{Name: "attempts", PK: "DOOR#TRIES#*#*", SK: "TRIES", Owner: nobodys, Stays: stays},
	}
}
