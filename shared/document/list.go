package document

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Filter says which documents a list wants; a zero field wants all. Without an
// owner, a number or a state it is those that wait to be looked at.
type Filter struct {
	Owner string // per_…, com_… or ast_…
	Type  string
	State State
	Q     string // a number begins so; only for who may see what identifies people
}

func (f Filter) wants(d *Document, today span.Date) bool {
	return (f.Owner == "" || f.Owner == d.Owner.ID) && (f.Type == "" || f.Type == d.Type) &&
		(f.State == "" || f.State == d.StateOn(today))
}

// Documents returns a page of a workspace's documents: of one owner the newest
// first, those that wait the longest waiting first. It may be short when the
// filter is narrow, and may lag a moment behind.
func (s *Service) Documents(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int, at time.Time) ([]*Document, string, error) {
	today, err := s.today(ctx, actor.Workspace, at)
	if err != nil {
		return nil, "", err
	}
	ws, q := actor.Workspace, table.Query{Limit: limit, After: cursor}
	switch {
	case f.Q != "":
		if !actor.May(access.ViewPII) {
			return nil, "", fault.New(fault.Denied, "document.pii", "To search by number you need the right to see what identifies people.").At("q")
		}
		if q.PK, q.Prefix = numberPK(ws), plain(f.Q); q.Prefix == "" {
			return nil, "", nil
		}
	case f.Owner != "":
		q.PK, q.Reverse = ownerPK(ws, f.Owner), true
	case f.State == Expired:
		q.PK, q.To, q.Reverse = expiresPK(ws), today.String(), true
	default:
		if f.State == "" {
			f.State = Submitted
		}
		q.PK, q.Index = statePK(ws, f.State), true
		q.Reverse = f.State != Submitted
		return table.Sift(ctx, s.Table, q, func(it table.Item) (*Document, bool, error) {
			d, err := read(it)
			return s.wanted(ctx, actor, f, d, today, err)
		})
	}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Document, bool, error) {
		d, err := s.pointed(ctx, ws, it)
		return s.wanted(ctx, actor, f, d, today, err)
	})
}

// wanted reports whether a list shows d to the actor.
func (s *Service) wanted(ctx context.Context, actor access.Actor, f Filter, d *Document, today span.Date, err error) (*Document, bool, error) {
	if err != nil || d == nil || !f.wants(d, today) {
		return d, false, err
	}
	seen, err := s.sees(ctx, actor, d.Owner)
	return d, seen, err
}

// Of returns an owner's documents, newest first; at most 200.
func (s *Service) Of(ctx context.Context, actor access.Actor, owner string) ([]*Document, error) {
	q := table.Query{PK: ownerPK(actor.Workspace, owner), Reverse: true, Limit: maxOf}
	all, _, err := table.Sift(ctx, s.Table, q, func(it table.Item) (*Document, bool, error) {
		d, err := s.pointed(ctx, actor.Workspace, it)
		return s.wanted(ctx, actor, Filter{Owner: owner}, d, span.Date{}, err)
	})
	return all, err
}

// pointed is the document that a pointer leads to; nil if it is gone.
func (s *Service) pointed(ctx context.Context, workspace string, it table.Item) (*Document, error) {
	d, err := s.load(ctx, access.System(workspace), strings.Trim(string(it.Doc), `"`))
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	return d, err
}

// Settings are what a workspace has said of expiry notices, and the Defaults
// for what it has not.
func (s *Service) Settings(ctx context.Context, workspace string) (Settings, error) {
	var said Settings
	version, err := s.stored(ctx, settingsKey(workspace), &said)
	if err != nil {
		return Settings{}, err
	}
	all := Defaults()
	all.Version = version
	if version > 0 {
		all.LiveOnly, all.UpdatedAt = said.LiveOnly, said.UpdatedAt
		maps.Copy(all.Rules, said.Rules)
	}
	return all, nil
}

// Set changes what a workspace says of expiry notices.
func (s *Service) Set(ctx context.Context, actor access.Actor, edit func(*Said) error, ifVersion int64, at time.Time) (Settings, error) {
	var out Settings
	err := table.Again(ctx, tries, func() error {
		was, err := s.Settings(ctx, actor.Workspace)
		if err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != was.Version {
			return fault.New(fault.Stale, "document.settings_stale", "The settings have changed. Load them again and decide anew.")
		}
		next := was
		next.Rules = maps.Clone(was.Rules)
		for typ, r := range next.Rules {
			r.DaysBefore, r.Recipients = slices.Clone(r.DaysBefore), slices.Clone(r.Recipients)
			next.Rules[typ] = r
		}
		if err := edit(&next.Said); err != nil {
			return err
		}
		if err := next.check(); err != nil {
			return err
		}
		out, err = s.keep(ctx, actor, was, next, at)
		return err
	})
	return out, err
}

func (s *Service) keep(ctx context.Context, actor access.Actor, was, next Settings, at time.Time) (Settings, error) {
	changes, err := audit.Diff(was, next, "updated_at")
	if err != nil || len(changes) == 0 {
		return was, err
	}
	next.UpdatedAt = at
	doc, err := json.Marshal(next)
	if err != nil {
		return was, err
	}
	k := settingsKey(actor.Workspace)
	note, err := s.Audit.Op(k.PK, actor, "document_settings.updated", audit.Object{Type: "document_settings"}, changes, at)
	if err != nil {
		return was, err
	}
	err = s.Table.Write(ctx, table.Put(table.Item{Key: k, Version: was.Version, Doc: doc}), note)
	next.Version++
	return next, err
}
