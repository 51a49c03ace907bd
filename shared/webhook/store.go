package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where endpoints rest (deliveries: deliveries.go):
//
//	PK                 SK              what
//	WS#w#WHE           <endpoint id>   an endpoint: one small partition, which publish reads whole
//	WS#w#WHE           COUNT           how many there are; guards the limit
//	WS#w#WHE#DELETED   <endpoint id>   one that was deleted, for as long as its logs
//	WS#w#WHE#JOBS      <sha256>        a job that was due when the workspace had left (move.go)
//	WS#w#WHE#<id>      EVENT# AUDIT#   what happened to it
//	WS#w#WHE#<id>      SLOT            when its next turn is, if it has a rate limit (rate.go)
const countSK = "COUNT"

func endpointsPK(workspace string) string { return "WS#" + workspace + "#WHE" }

func deletedPK(workspace string) string { return endpointsPK(workspace) + "#DELETED" }

// aboutPK is where events and audit entries about an endpoint rest.
func aboutPK(workspace, id string) string { return endpointsPK(workspace) + "#" + id }

func endpointKey(workspace, id string) table.Key {
	return table.Key{PK: endpointsPK(workspace), SK: id}
}

// A shelf keeps endpoints as they were last decoded. What lies on it is shared
// and never changed. It forgets everything when it is full.
type shelf struct {
	mu   sync.RWMutex
	last map[table.Key]*Endpoint
}

const shelfSize = 4_000

func (s *shelf) get(it table.Item) *Endpoint {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if e := s.last[it.Key]; e != nil && e.version == it.Version {
		return e
	}
	return nil
}

func (s *shelf) put(k table.Key, e *Endpoint) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil || len(s.last) >= shelfSize {
		s.last = map[table.Key]*Endpoint{}
	}
	if was := s.last[k]; e.keys == nil && was != nil && was.Asymmetric == e.Asymmetric && bytes.Equal(was.Sealed, e.Sealed) {
		e.keys = was.keys // only something else has changed
	}
	s.last[k] = e
}

// read returns the endpoint in an item, to be looked at and not changed.
func (s *Service) read(it table.Item) (*Endpoint, error) {
	if e := s.shelf.get(it); e != nil {
		return e, nil
	}
	e, err := decodeEndpoint(it)
	if err == nil {
		s.shelf.put(it.Key, e)
	}
	return e, err
}

// signer returns what signs for e, opened once for each keyring.
func (s *Service) signer(ctx context.Context, e *Endpoint) (*signer, error) {
	if e.keys != nil {
		return e.keys, nil
	}
	ring, err := s.keyring(ctx, e)
	if err != nil {
		return nil, err
	}
	ready := *e
	if ready.keys, err = newSigner(ring, e.Asymmetric); err == nil {
		s.shelf.put(endpointKey(e.Workspace, e.ID), &ready)
	}
	return ready.keys, err
}

func decodeEndpoint(it table.Item) (*Endpoint, error) {
	e := &Endpoint{version: it.Version}
	if err := json.Unmarshal(it.Doc, e); err != nil {
		return nil, fmt.Errorf("webhook: endpoint at %s / %s: %w", it.Key.PK, it.Key.SK, err)
	}
	e.filter = newFilter(e.Events)
	return e, nil
}

// look returns an endpoint that is not deleted, to be looked at and not changed.
func (s *Service) look(ctx context.Context, workspace, id string) (*Endpoint, error) {
	it, err := s.Table.Get(ctx, endpointKey(workspace, id))
	if err != nil {
		return nil, noEndpoint(err)
	}
	return s.read(it)
}

// glance is look for deliveries that are handed out together: one read tells
// them all, as things were when they began.
func (s *Service) glance(ctx context.Context, workspace, id string) (*Endpoint, error) {
	it, err := table.Glance(ctx, s.Table, endpointKey(workspace, id))
	if err != nil {
		return nil, noEndpoint(err)
	}
	return s.read(it)
}

// load returns an endpoint that is not deleted, to be changed.
func (s *Service) load(ctx context.Context, workspace, id string) (*Endpoint, error) {
	it, err := s.Table.Get(ctx, endpointKey(workspace, id))
	if err != nil {
		return nil, noEndpoint(err)
	}
	return decodeEndpoint(it)
}

// all returns the workspace's endpoints, to be looked at and not changed.
func (s *Service) all(ctx context.Context, workspace string) ([]*Endpoint, error) {
	var list []*Endpoint
	q := table.Query{PK: endpointsPK(workspace), Prefix: "whe_", Limit: table.MaxPage}
	for {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			e, err := s.read(it)
			if err != nil {
				return nil, err
			}
			list = append(list, e)
		}
		if q.After = page.Next; q.After == "" {
			return list, nil
		}
	}
}

func noEndpoint(err error) error {
	if fault.KindOf(err) != fault.NotFound {
		return err
	}
	return fault.New(fault.NotFound, "webhook.endpoint_not_found", "There is no such endpoint here. Was it deleted?")
}

// note is what an audit entry says about a change.
type note struct {
	action  string
	changes []audit.Change
	also    []table.Op // written with it
}

// save stores e with what it has to tell, the audit entry and any other ops. It
// returns a conflict if e is stale.
func (s *Service) save(ctx context.Context, actor access.Actor, e *Endpoint, n note, at time.Time, also ...table.Op) error {
	doc, err := json.Marshal(e)
	if err != nil {
		return err
	}
	ops := []table.Op{table.Put(table.Item{Key: endpointKey(e.Workspace, e.ID), Version: e.version, Doc: doc})}
	if e.State == Deleted {
		ops[0] = table.Delete(endpointKey(e.Workspace, e.ID), e.version)
	}
	about, err := s.about(ctx, actor, e, n, at)
	if err != nil {
		return err
	}
	if err := s.Table.Write(ctx, append(append(ops, about...), also...)...); err != nil {
		return err
	}
	e.version, e.news = e.version+1, nil
	return nil
}

// about is the ops that tell what happened to e: its events, an audit entry.
func (s *Service) about(ctx context.Context, actor access.Actor, e *Endpoint, n note, at time.Time) ([]table.Op, error) {
	var ops []table.Op
	pk := aboutPK(e.Workspace, e.ID)
	for _, one := range e.news {
		op, err := s.Events.Op(ctx, pk, actor, one, at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	if n.action == "" {
		return ops, nil
	}
	op, err := s.Audit.Op(pk, actor, n.action, audit.Object{Type: "webhook_endpoint", ID: e.ID, Name: e.name()}, n.changes, at)
	return append(ops, op), err
}

func (e *Endpoint) name() string {
	if e.Description != "" {
		return e.Description
	}
	return e.URL
}

// tries is how often a change is made again on what someone else has changed.
const tries = 8

// change loads an endpoint, has do change it and stores it. do says what the
// audit entry says, and false if there is nothing to store. It is called again
// when someone else was faster.
func (s *Service) change(ctx context.Context, actor access.Actor, id string, at time.Time, do func(*Endpoint) (note, bool, error)) (*Endpoint, error) {
	var err error
	for range tries {
		e, err2 := s.load(ctx, actor.Workspace, id)
		if err2 != nil {
			return nil, err2
		}
		n, changed, err2 := do(e)
		if err2 != nil || !changed {
			return e, err2
		}
		if err = s.save(ctx, actor, e, n, at, n.also...); !isConflict(err) {
			return e, err
		}
	}
	return nil, err
}

func isConflict(err error) bool {
	_, ok := errors.AsType[*table.Conflict](err)
	return ok
}
