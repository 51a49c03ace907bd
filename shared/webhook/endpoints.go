package webhook

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Register makes an endpoint and its first secret. At most MaxEndpoints are in
// a workspace.
func (s *Service) Register(ctx context.Context, actor access.Actor, r Registration, at time.Time) (*Endpoint, Keyring, error) {
	e, ring, err := open(actor.Workspace, s.NewID("whe"), r, s.Catalogue, at)
	if err := s.checkURL(ctx, actor.Workspace, r.URL, err); err != nil {
		return nil, Keyring{}, err
	}
	secret, err := newSecret(s.Random, at)
	if err != nil {
		return nil, Keyring{}, err
	}
	ring.Secrets = []Secret{secret}
	if err := s.seal(ctx, e, ring); err != nil {
		return nil, Keyring{}, err
	}
	for range tries {
		var one table.Op
		if one, err = s.count(ctx, actor.Workspace, 1); err != nil {
			return nil, Keyring{}, err
		}
		if err = s.save(ctx, actor, e, note{action: "webhook_endpoint.created"}, at, one); !isConflict(err) {
			break
		}
	}
	return e, ring, err
}

// count is the op that moves the number of endpoints by one. It refuses the
// first one too many.
func (s *Service) count(ctx context.Context, workspace string, by int) (table.Op, error) {
	n := 0
	it, err := s.Table.Get(ctx, table.Key{PK: endpointsPK(workspace), SK: countSK})
	switch {
	case fault.KindOf(err) == fault.NotFound:
		it, err = table.Item{Key: table.Key{PK: endpointsPK(workspace), SK: countSK}}, nil
	case err != nil:
		return table.Op{}, err
	default:
		err = json.Unmarshal(it.Doc, &n)
	}
	if n += by; n > MaxEndpoints {
		return table.Op{}, fault.New(fault.Conflict, "webhook.too_many_endpoints", "A workspace has at most %d endpoints. Delete one first.", MaxEndpoints)
	}
	it.Doc, _ = json.Marshal(max(n, 0)) // a number always encodes
	return table.Put(it), err
}

// checkURL adds what is wrong with the address to what is wrong already.
func (s *Service) checkURL(ctx context.Context, workspace, url string, already error) error {
	var wrong problems
	if err := wrong.take(already, ""); err != nil {
		return err
	}
	r, err := s.Rules(ctx, workspace)
	if err != nil {
		return err
	}
	if err := wrong.take(s.Sender.CheckURL(url, r.Live), "url"); err != nil {
		return err
	}
	return wrong.err()
}

// Endpoint returns one endpoint. One that was deleted is not found.
func (s *Service) Endpoint(ctx context.Context, workspace, id string) (*Endpoint, error) {
	return s.load(ctx, workspace, id)
}

// Endpoints lists the workspace's endpoints, oldest first: at most MaxEndpoints.
func (s *Service) Endpoints(ctx context.Context, workspace string) ([]*Endpoint, error) {
	list, err := s.all(ctx, workspace)
	for i, e := range list {
		mine := *e
		list[i] = &mine
	}
	return list, err
}

// Browse is Endpoints page by page.
func (s *Service) Browse(ctx context.Context, workspace string, p Page) (list []*Endpoint, next string, err error) {
	if p.Cursor != "" && !ident.Has("whe", p.Cursor) {
		return nil, "", badCursor()
	}
	all, err := s.Endpoints(ctx, workspace)
	if err != nil {
		return nil, "", err
	}
	all = slices.DeleteFunc(all, func(e *Endpoint) bool { return e.ID <= p.Cursor })
	if p.Limit > 0 && len(all) > p.Limit {
		return all[:p.Limit], all[p.Limit-1].ID, nil
	}
	return all, "", nil
}

// Edit changes what is said about an endpoint: do is given what is said now, the
// values of headers included, and may be called again when someone else was
// faster. ifRevision is the Revision it must have; zero: any. Deliveries under way
// go by what is new from their next attempt on.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, do func(*Registration) error, ifRevision int64, at time.Time) (*Endpoint, error) {
	return s.change(ctx, actor, id, at, func(e *Endpoint) (note, bool, error) {
		if err := e.stale(ifRevision); err != nil {
			return note{}, false, err
		}
		ring, err := s.keyring(ctx, e)
		if err != nil {
			return note{}, false, err
		}
		r := e.registration(ring)
		if err := do(&r); err != nil {
			return note{}, false, err
		}
		done, err := e.edit(r, &ring, s.Catalogue, at)
		if err := s.checkURL(ctx, e.Workspace, r.URL, err); err != nil || len(done) == 0 {
			return note{}, false, err
		}
		return note{action: "webhook_endpoint.updated", changes: done}, true, s.seal(ctx, e, ring)
	})
}

func (e *Endpoint) stale(ifRevision int64) error {
	if ifRevision != 0 && ifRevision != e.Revision {
		return fault.New(fault.Stale, "webhook.stale", "This endpoint has changed since you last saw it. Load it again and repeat your change.")
	}
	return nil
}

// Pause holds deliveries back until Resume.
func (s *Service) Pause(ctx context.Context, actor access.Actor, id string, at time.Time) (*Endpoint, error) {
	return s.step(ctx, actor, id, "webhook_endpoint.paused", (*Endpoint).pause, at)
}

// Resume sends what was held, paced, and what happens from now on.
func (s *Service) Resume(ctx context.Context, actor access.Actor, id string, at time.Time) (*Endpoint, error) {
	return s.step(ctx, actor, id, "webhook_endpoint.resumed", (*Endpoint).resume, at)
}

// Enable undoes that the endpoint was disabled.
func (s *Service) Enable(ctx context.Context, actor access.Actor, id string, at time.Time) (*Endpoint, error) {
	return s.step(ctx, actor, id, "webhook_endpoint.enabled", (*Endpoint).enable, at)
}

// step makes one move. If the endpoint receives again, what was held is sent.
func (s *Service) step(ctx context.Context, actor access.Actor, id, action string, move func(*Endpoint, time.Time) error, at time.Time) (*Endpoint, error) {
	e, err := s.change(ctx, actor, id, at, func(e *Endpoint) (note, bool, error) {
		from := e.State
		if err := move(e, at); err != nil {
			return note{}, false, err
		}
		n := note{action: action, changes: []audit.Change{{Field: "status", From: string(from), To: string(e.State)}}}
		return n, true, s.release(ctx, e, afterCrash)
	})
	if err == nil && e.State == Enabled {
		err = s.release(ctx, e, 0)
	}
	return e, err
}

// Delete ends an endpoint for good. Nothing more is sent to it; its logs stay
// for as long as logs do.
func (s *Service) Delete(ctx context.Context, actor access.Actor, id string, ifRevision int64, at time.Time) error {
	r, err := s.Rules(ctx, actor.Workspace)
	if err != nil {
		return err
	}
	for range tries {
		var e *Endpoint
		if e, err = s.load(ctx, actor.Workspace, id); err != nil {
			return err
		}
		if err = cmp.Or(e.stale(ifRevision), e.remove(at), s.release(ctx, e, afterCrash)); err != nil {
			return err
		}
		if err = s.bury(ctx, actor, e, r.Retention, at); !isConflict(err) {
			return err
		}
	}
	return err
}

func (s *Service) bury(ctx context.Context, actor access.Actor, e *Endpoint, keep time.Duration, at time.Time) error {
	one, err := s.count(ctx, actor.Workspace, -1)
	if err != nil {
		return err
	}
	doc, err := json.Marshal(e)
	if err != nil {
		return err
	}
	grave := table.Put(table.Item{Key: table.Key{PK: deletedPK(e.Workspace), SK: e.ID}, Expires: at.Add(keep), Doc: doc})
	return s.save(ctx, actor, e, note{action: "webhook_endpoint.deleted"}, at, one, grave)
}

// RotateSecret makes a new secret; the ones before sign along until the overlap
// is over: 0 to MaxOverlap.
func (s *Service) RotateSecret(ctx context.Context, actor access.Actor, id string, overlap time.Duration, at time.Time) (*Endpoint, Keyring, error) {
	var ring Keyring
	e, err := s.change(ctx, actor, id, at, func(e *Endpoint) (note, bool, error) {
		fresh, err := newSecret(s.Random, at)
		if err != nil {
			return note{}, false, err
		}
		if ring, err = s.keyring(ctx, e); err != nil {
			return note{}, false, err
		}
		if err := ring.rotate(fresh, overlap, at); err != nil {
			return note{}, false, err
		}
		e.touch(at)
		e.tell(events.WebhookEndpointSecretRotated{Object: e.Object(), PreviousEndsAt: at.Add(overlap).UTC()})
		return note{action: "webhook_endpoint.secret_rotated", changes: []audit.Change{{Field: "secret", From: audit.Hidden, To: audit.Hidden}}}, true, s.seal(ctx, e, ring)
	})
	return e, ring, err
}

// Reveal returns the secrets that sign now, newest first, and leaves an audit entry.
func (s *Service) Reveal(ctx context.Context, actor access.Actor, id string, at time.Time) (*Endpoint, []Secret, error) {
	e, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, nil, err
	}
	ring, err := s.keyring(ctx, e)
	if err != nil {
		return nil, nil, err
	}
	ops, err := s.about(ctx, actor, e, note{action: "webhook_endpoint.secret_revealed"}, at)
	if err != nil {
		return nil, nil, err
	}
	return e, ring.Live(at), s.Table.Write(ctx, ops...)
}

// bound says where a keyring belongs: copied to another endpoint it does not open.
func (e *Endpoint) bound() string { return e.Workspace + "/" + e.ID }

func (s *Service) seal(ctx context.Context, e *Endpoint, ring Keyring) error {
	plain, err := json.Marshal(ring)
	if err == nil {
		e.Sealed, err = s.Box.Seal(ctx, plain, e.bound())
	}
	return err
}

func (s *Service) keyring(ctx context.Context, e *Endpoint) (ring Keyring, err error) {
	plain, err := s.Box.Open(ctx, e.Sealed, e.bound())
	if err == nil {
		err = json.Unmarshal(plain, &ring)
	}
	return ring, err
}
