package workspace

import (
	"context"
	"slices"
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

// Invoices says whether an invoice has been issued in a workspace.
type Invoices interface {
	Issued(ctx context.Context, workspace string) (bool, error)
}

// Files keeps the files of logos; see attachment.Service.
type Files interface {
	// Use returns the op by which a ready attachment of a purpose becomes by's.
	Use(ctx context.Context, workspace, id, purpose, by string) (table.Op, error)
	// Release returns the op by which by lets go of it.
	Release(ctx context.Context, workspace, id, by string) (table.Op, error)
}

// Service is what the rest of the product may ask.
type Service struct {
	Table table.Table
	NewID ident.Source
	Audit Audit
	Now   func() time.Time // the edge's clock, for the age of the cache; nil means no cache

	Invoices Invoices // nil: none is issued here yet
	Files    Files    // nil: no logo can be given

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

// Change is Edit by the fields of c.
func (s *Service) Change(ctx context.Context, actor access.Actor, c Changes, ifVersion int64, at time.Time) (*Workspace, error) {
	return s.Edit(ctx, actor, c.edit, ifVersion, at)
}

// Edit lets do change the form of the actor's workspace, and stores it. ifVersion
// is the version the caller last saw, zero if any will do; fault.Stale if it is no
// longer the current one. do may be called again when somebody else was faster.
func (s *Service) Edit(ctx context.Context, actor access.Actor, do func(*Form) error, ifVersion int64, at time.Time) (w *Workspace, err error) {
	err = table.Again(ctx, 8, func() error {
		if w, err = s.load(ctx, actor.Workspace); err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != w.Version {
			return stale()
		}
		was, form := w.Details, w.Form()
		if err := do(&form); err != nil {
			return err
		}
		changes, err := w.Fill(form)
		if err != nil || len(changes) == 0 {
			return err
		}
		ops, err := s.along(ctx, w, was)
		if err != nil {
			return err
		}
		note, err := s.Audit.Op(partition(w.ID), actor, "workspace.updated", w.object(), changes, at)
		if err != nil {
			return err
		}
		return s.save(ctx, w, append(ops, note)...)
	})
	if err != nil {
		return nil, err
	}
	return w, nil
}

// along is what else holds when the details of w were: no invoice has been issued
// if its country or currency is another, and its logo's files are its own.
func (s *Service) along(ctx context.Context, w *Workspace, were Details) ([]table.Op, error) {
	if err := s.unlocked(ctx, w, were); err != nil {
		return nil, err
	}
	before, after := were.Logo.files(), w.Logo.files()
	var ops []table.Op
	for _, id := range after {
		if slices.Contains(before, id) {
			continue
		}
		if s.Files == nil {
			return nil, fault.New(fault.Unavailable, "workspace.no_files", "Files cannot be kept here yet, so there can be no logo.").At("logo")
		}
		op, err := s.Files.Use(ctx, w.ID, id, "logo", w.ID)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	for _, id := range before {
		if slices.Contains(after, id) || s.Files == nil {
			continue
		}
		op, err := s.Files.Release(ctx, w.ID, id, w.ID)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// unlocked refuses another country or currency once an invoice has been issued.
func (s *Service) unlocked(ctx context.Context, w *Workspace, were Details) error {
	if w.Country == were.Country && w.Currency == were.Currency || s.Invoices == nil {
		return nil
	}
	issued, err := s.Invoices.Issued(ctx, w.ID)
	if err != nil || !issued {
		return err
	}
	const reason = "It stays as it is: an invoice has been issued."
	locked := fault.New(fault.Conflict, "workspace.locked", "Country and currency cannot change any more, because an invoice has been issued. Make another workspace for another country or currency.")
	if w.Country != were.Country {
		locked.Fields = append(locked.Fields, fault.Field{Name: "country", Reason: reason})
	}
	if w.Currency != were.Currency {
		locked.Fields = append(locked.Fields, fault.Field{Name: "currency", Reason: reason})
	}
	return locked
}

// Locked reports whether country and currency may no longer change.
func (s *Service) Locked(ctx context.Context, id string) (bool, error) {
	if s.Invoices == nil {
		return false, nil
	}
	return s.Invoices.Issued(ctx, id)
}

// Unchanged is the op that checks that w is still as it was read. Who issues the
// first invoice writes it along, so that no other currency comes in between.
func (w *Workspace) Unchanged() table.Op {
	return table.Check(table.Key{PK: partition(w.ID), SK: self}, w.Version)
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
