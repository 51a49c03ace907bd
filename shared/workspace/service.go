package workspace

import (
	"context"
	"errors"
	"sync"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Audit makes the op that remembers who changed what. audit.Service is one.
type Audit interface {
	Op(pk string, actor access.Actor, action string, object audit.Object, changes []audit.Change, at time.Time) (table.Op, error)
}

// Service is what the rest of the product may ask.
type Service struct {
	Table table.Table
	NewID ident.Source
	Audit Audit
	Now   func() time.Time // the edge's clock, for the age of the cache; nil means no cache

	mu    sync.Mutex
	known map[string]entry
}

type entry struct {
	workspace Workspace
	read      time.Time
}

// The cache: how old an answer of Get may be, and how many it remembers.
const (
	maxAge   = 2 * time.Second
	maxKnown = 10_000
)

// Create makes a workspace with default settings.
func (s *Service) Create(ctx context.Context, d Draft, at time.Time) (*Workspace, error) {
	w, err := New(s.NewID("wsp"), d, at)
	if err != nil {
		return nil, err
	}
	note, err := s.Audit.Op(partition(w.ID), access.System(w.ID), "workspace.created", w.object(), nil, at)
	if err != nil {
		return nil, err
	}
	return w, s.save(ctx, w, table.Put(listing(w.ID)), note)
}

// First returns the oldest workspace, made from d if there is none.
func (s *Service) First(ctx context.Context, d Draft, at time.Time) (*Workspace, error) {
	all, err := s.List(ctx)
	switch {
	case err != nil:
		return nil, err
	case len(all) > 0:
		return all[0], nil
	}
	return s.Create(ctx, d, at)
}

// Get returns a workspace as it was at most two seconds ago, or when the batch
// began in which it is asked for (table.Together). It is cheap enough to be
// called for every request and every event.
func (s *Service) Get(ctx context.Context, id string) (*Workspace, error) {
	if w, ok := s.remembered(id); ok {
		return w, nil
	}
	w, err := s.glance(ctx, id)
	if err != nil {
		return nil, err
	}
	s.remember(w)
	return w, nil
}

// Current returns a workspace as it is now, with the version to change it by.
func (s *Service) Current(ctx context.Context, id string) (*Workspace, error) { return s.load(ctx, id) }

// IsLive reports whether what happens in a workspace is real.
func (s *Service) IsLive(ctx context.Context, id string) (bool, error) {
	w, err := s.Get(ctx, id)
	return err == nil && w.Mode == Live, err
}

// Retention returns how long a workspace keeps events and deliveries; the
// default if the workspace cannot be read, so that nothing is kept too shortly.
func (s *Service) Retention(ctx context.Context, id string) time.Duration {
	days := Defaults.RetentionDays
	if w, err := s.Get(ctx, id); err == nil {
		days = w.Settings.RetentionDays
	}
	return time.Duration(days) * 24 * time.Hour
}

// List returns every workspace, oldest first, for schedules that visit them all.
func (s *Service) List(ctx context.Context) ([]*Workspace, error) {
	var all []*Workspace
	for q := (table.Query{PK: listPartition, Limit: table.MaxPage}); ; {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			w, err := s.Get(ctx, it.Key.SK)
			if err != nil {
				return nil, err
			}
			all = append(all, w)
		}
		if page.Next == "" {
			return all, nil
		}
		q.After = page.Next
	}
}

// Change changes the actor's workspace. ifVersion is the version the caller
// last saw, zero if any will do; fault.Stale if it is no longer the current one.
func (s *Service) Change(ctx context.Context, actor access.Actor, c Changes, ifVersion int64, at time.Time) (*Workspace, error) {
	w, err := s.load(ctx, actor.Workspace)
	if err != nil {
		return nil, err
	}
	if ifVersion != 0 && ifVersion != w.Version {
		return nil, stale()
	}
	changes, err := w.Apply(c)
	if err != nil || len(changes) == 0 {
		return w, err
	}
	note, err := s.Audit.Op(partition(w.ID), actor, "workspace.updated", w.object(), changes, at)
	if err != nil {
		return nil, err
	}
	if err := s.save(ctx, w, note); err != nil {
		if _, lost := errors.AsType[*table.Conflict](err); lost && ifVersion != 0 {
			return nil, stale()
		}
		return nil, err
	}
	return w, nil
}

func (w *Workspace) object() audit.Object {
	return audit.Object{Type: "workspace", ID: w.ID, Name: w.Name}
}

func stale() error {
	return fault.New(fault.Stale, "workspace.stale", "The workspace has changed since you read it. Read it again and repeat your change.")
}

func (s *Service) remembered(id string) (*Workspace, bool) {
	if s.Now == nil {
		return nil, false
	}
	now := s.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.known[id]
	if age := now.Sub(e.read); !ok || age < 0 || age >= maxAge {
		return nil, false
	}
	return &e.workspace, true
}

// remember keeps a copy of w. An older version never replaces a newer one: a
// slow reader must not undo what a writer has just made known.
func (s *Service) remember(w *Workspace) {
	if s.Now == nil {
		return
	}
	now := s.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil || len(s.known) >= maxKnown {
		s.known = map[string]entry{}
	}
	if s.known[w.ID].workspace.Version <= w.Version {
		s.known[w.ID] = entry{*w, now}
	}
}
