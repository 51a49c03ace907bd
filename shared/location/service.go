package location

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table  table.Table
	NewID  ident.Source
	Events *outbox.Service
	Audit  *audit.Service
	Zone   func(ctx context.Context, workspace string) (string, error) // the workspace's time zone

	// Currency is the workspace's: a fee is in no other.
	Currency func(ctx context.Context, workspace string) (string, error)
	Uses     []Uses // whose things are at locations
}

// Uses knows what is at locations. fleet.Service is one.
type Uses interface {
	// AtLocation says what keeps the location from being deactivated ("3
	// vehicles"); empty if nothing does.
	AtLocation(ctx context.Context, workspace, location string) (string, error)
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

// Create adds a location, in the workspace's time zone if it names none.
func (s *Service) Create(ctx context.Context, actor access.Actor, d Details, at time.Time) (*Location, error) {
	if len(actor.Locations) > 0 {
		return nil, fault.New(fault.Denied, "location.bound", "You work at some locations only, and would not see a new one. Ask somebody who works at all of them.")
	}
	d, err := s.settled(ctx, actor.Workspace, d)
	if err != nil {
		return nil, err
	}
	l, err := create(s.NewID("loc"), actor.Workspace, d, at)
	if err != nil {
		return nil, err
	}
	return l, s.save(ctx, actor, l, table.Put(table.Item{Key: openKey(l.Workspace, l.ID), Doc: json.RawMessage("true")}))
}

// settled gives d the workspace's time zone if it has none, and refuses a fee in
// another currency than the workspace's.
func (s *Service) settled(ctx context.Context, workspace string, d Details) (Details, error) {
	if !d.AfterHoursFee.IsZero() {
		currency, err := s.Currency(ctx, workspace)
		if err != nil {
			return d, err
		}
		if given := d.AfterHoursFee.Currency; currency != "" && given != currency {
			return d, fault.New(fault.Invalid, "location.after_hours_fee", "Give the fee in %s, the currency of this workspace.", currency).At("after_hours_fee")
		}
	}
	if strings.TrimSpace(d.TimeZone) != "" {
		return d, nil
	}
	zone, err := s.Zone(ctx, workspace)
	d.TimeZone = zone
	return d, err
}

// Location returns the location with this id, active or not, if the actor works
// there.
func (s *Service) Location(ctx context.Context, actor access.Actor, id string) (*Location, error) {
	return s.load(ctx, actor, id)
}

// Filter says which locations a list wants; a zero field wants all.
type Filter struct {
	Active  *bool
	Program string // offered there
	Q       string // its name or its code begins so, whatever the case
}

func (f Filter) wants(l *Location) bool {
	begins := func(s string) bool { return strings.HasPrefix(strings.ToUpper(s), strings.ToUpper(f.Q)) }
	return (f.Active == nil || *f.Active == l.Active()) &&
		(f.Program == "" || len(l.Programs) == 0 || slices.Contains(l.Programs, f.Program)) &&
		(begins(l.Name) || begins(l.Code))
}

// Locations returns a page of the locations at which the actor works, by name.
// It may lag a moment behind.
func (s *Service) Locations(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int) ([]*Location, string, error) {
	f.Q = strings.TrimSpace(f.Q)
	q := table.Query{PK: locationsPK(actor.Workspace), Index: true, Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Location, bool, error) {
		l, err := read(it)
		return l, err == nil && actor.At(l.ID) && f.wants(l), err
	})
}

// Edit changes what is said of a location. The function is given what is said
// now and may be called again if somebody else changes the location meanwhile,
// unless ifVersion names the version that the change is meant for; zero means any.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, edit func(*Details) error, ifVersion int64, at time.Time) (*Location, error) {
	return s.change(ctx, actor, id, ifVersion, func(l *Location) ([]table.Op, error) {
		d := l.clone()
		if err := edit(&d); err != nil {
			return nil, err
		}
		d, err := s.settled(ctx, actor.Workspace, d)
		if err != nil {
			return nil, err
		}
		return nil, l.Describe(d, at)
	})
}

// Refer returns the op that keeps the location active while something else is
// written that names it. It returns fault.NotFound if the actor does not work
// there, and fault.Conflict if it is not active.
func (s *Service) Refer(ctx context.Context, actor access.Actor, id string) (table.Op, error) {
	l, err := s.load(ctx, actor, id)
	if err != nil {
		return table.Op{}, err
	}
	if !l.Active() {
		return table.Op{}, inactive(l)
	}
	return table.Check(openKey(actor.Workspace, id), 1), nil
}

func inactive(l *Location) error {
	return fault.New(fault.Conflict, "location.inactive", "%s is not active. Activate it first, or choose another location.", l.Name)
}

// Activate opens a location again, and ends a deactivation that was broken off.
func (s *Service) Activate(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Location, error) {
	return s.change(ctx, actor, id, ifVersion, func(l *Location) ([]table.Op, error) {
		open, err := s.open(ctx, actor.Workspace, id)
		if err != nil || l.Active() && open {
			return nil, err
		}
		if l.Active() {
			return nil, s.reopen(ctx, actor.Workspace, id)
		}
		l.Activate(at)
		return []table.Op{table.Put(table.Item{Key: openKey(actor.Workspace, id), Doc: json.RawMessage("true")})}, nil
	})
}

// Deactivate closes a location until it is activated again. It is refused while
// anything is there. From its beginning nothing can come to be there.
func (s *Service) Deactivate(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Location, error) {
	l, err := s.load(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if err := unchanged(l.Version, ifVersion); err != nil || !l.Active() {
		return l, err
	}
	if err := s.unused(ctx, l); err != nil {
		return nil, err
	}
	open, err := s.open(ctx, actor.Workspace, id)
	if err == nil && open {
		err = s.Table.Write(ctx, table.Delete(openKey(actor.Workspace, id), 1))
	}
	if err != nil {
		return nil, err
	}
	if err := s.unused(ctx, l); err != nil { // it came there while we were asking
		return nil, errors.Join(err, s.reopen(ctx, actor.Workspace, id))
	}
	return s.change(ctx, actor, id, 0, func(l *Location) ([]table.Op, error) {
		l.Deactivate(at)
		return []table.Op{table.Check(openKey(actor.Workspace, id), 0)}, nil
	})
}

// unused returns fault.Conflict, in words, while something is at l.
func (s *Service) unused(ctx context.Context, l *Location) error {
	var there []string
	for _, u := range s.Uses {
		what, err := u.AtLocation(ctx, l.Workspace, l.ID)
		if err != nil {
			return err
		}
		if what != "" {
			there = append(there, what)
		}
	}
	if len(there) == 0 {
		return nil
	}
	return fault.New(fault.Conflict, "location.in_use", "%s cannot be deactivated while this is here: %s. Move it to another location first.", l.Name, strings.Join(there, ", "))
}

// open reports whether the location may be named.
func (s *Service) open(ctx context.Context, workspace, id string) (bool, error) {
	_, err := s.Table.Get(ctx, openKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

func (s *Service) reopen(ctx context.Context, workspace, id string) error {
	return s.Table.Write(ctx, table.Put(table.Item{Key: openKey(workspace, id), Doc: json.RawMessage("true")}))
}

// change loads a location, lets verb change it, and saves it with the ops that
// verb returns.
func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, verb func(*Location) ([]table.Op, error)) (*Location, error) {
	for try := 1; ; try++ {
		l, err := s.load(ctx, actor, id)
		if err != nil {
			return nil, err
		}
		if err := unchanged(l.Version, ifVersion); err != nil {
			return nil, err
		}
		also, err := verb(l)
		if err != nil {
			return nil, err
		}
		err = s.save(ctx, actor, l, also...)
		clash, overtaken := errors.AsType[*table.Conflict](err)
		switch {
		case err == nil:
			return l, nil
		case try == tries || !overtaken || clash.Key != locationKey(actor.Workspace, id):
			return nil, err
		}
	}
}

func unchanged(version, ifVersion int64) error {
	if ifVersion != 0 && ifVersion != version {
		return fault.New(fault.Stale, "location.stale", "This location has changed: it is at version %d, not %d. Load it again and decide anew.", version, ifVersion)
	}
	return nil
}
