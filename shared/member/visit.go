package member

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where it is noted when members were last at work here, all in one partition, so
// that a list of members reads it at once:
//
//	PK              SK   what
//	WS#w#MEMSEEN    u    -> an instant, to five minutes
func seenPK(workspace string) string { return "WS#" + workspace + "#MEMSEEN" }

// Seen notes that a member was at work. Of two notes at once one is kept.
func (s *Service) Seen(ctx context.Context, workspace, user string, at time.Time) error {
	k := table.Key{PK: seenPK(workspace), SK: user}
	it, err := s.Table.Get(ctx, k)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	doc, err := json.Marshal(at.UTC())
	if err != nil {
		return err
	}
	err = s.Table.Write(ctx, table.Put(table.Item{Key: k, Version: it.Version, Doc: doc}))
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return nil
	}
	return err
}

// LastSeen returns when each member was last at work here, to five minutes. Who
// never was is not in it.
func (s *Service) LastSeen(ctx context.Context, workspace string) (map[string]time.Time, error) {
	seen := map[string]time.Time{}
	for q := (table.Query{PK: seenPK(workspace), Limit: table.MaxPage}); ; {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			var at time.Time
			if err := json.Unmarshal(it.Doc, &at); err != nil {
				return nil, err
			}
			seen[it.Key.SK] = at
		}
		if q.After = page.Next; q.After == "" {
			return seen, nil
		}
	}
}

// Work knows what of one kind is assigned to people: issues, bookings.
type Work interface {
	// Assigned returns what waits for a user and the actor may see, the most
	// urgent first, at most 50.
	Assigned(ctx context.Context, actor access.Actor, user string) ([]audit.Object, error)
}

// Assigned returns what waits for a member whom the actor sees, for somebody else
// to take over before they are disabled.
func (s *Service) Assigned(ctx context.Context, actor access.Actor, id string) (all []audit.Object, err error) {
	if _, err := s.Get(ctx, actor, id); err != nil {
		return nil, err
	}
	for _, w := range s.Work {
		some, err := w.Assigned(ctx, actor, id)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}
