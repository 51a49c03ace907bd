package person

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/table"
)

// A story is what there is to tell of one change: its news to the outside, and
// to the audit log who changed what.
type story struct {
	pk       string
	at       time.Time
	news     []events.Event
	action   string // of the audit entry; empty: that of the first news
	object   audit.Object
	from, to *Person // nil where there is nothing to compare
}

func (s *Service) tellOps(ctx context.Context, actor access.Actor, st story) (ops []table.Op, err error) {
	for _, e := range st.news {
		op, err := s.Events.Op(ctx, st.pk, actor, e, st.at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	if st.action == "" {
		st.action = st.news[0].Type()
	}
	changes, err := changes(st.from, st.to)
	if err != nil {
		return nil, err
	}
	op, err := s.Audit.Op(st.pk, actor, st.action, st.object, changes, st.at)
	return append(ops, op), err
}

// changes are what the audit log keeps: old and new values of what is not
// personal, and of what is personal that it changed.
func changes(from, to *Person) ([]audit.Change, error) {
	if from == nil || to == nil {
		return nil, nil
	}
	all, err := audit.Diff(from.Object(), to.Object(), "version", "updated_at")
	if err != nil {
		return nil, err
	}
	hidden, err := audit.Diff(from.personal(), to.personal())
	if err != nil {
		return nil, err
	}
	for _, c := range hidden {
		if !slices.ContainsFunc(all, func(a audit.Change) bool { return a.Field == c.Field }) {
			all = append(all, audit.Change{Field: c.Field, From: hide(c.From), To: hide(c.To)})
		}
	}
	slices.SortFunc(all, func(a, b audit.Change) int { return strings.Compare(a.Field, b.Field) })
	return all, nil
}

func hide(v any) any {
	if v == nil {
		return nil
	}
	return audit.Hidden
}

// History returns a page of what was done to whom an id named at first, newest
// first: a duplicate that was merged keeps its own.
func (s *Service) History(ctx context.Context, workspace, id, cursor string, limit int) ([]audit.Entry, string, error) {
	if _, err := s.record(ctx, workspace, id); err != nil {
		return nil, "", err
	}
	return s.Audit.Of(ctx, workspace, personPK(workspace, id), cursor, limit)
}

// Blocks returns a page of the blocks a person was ever under, newest first.
func (s *Service) Blocks(ctx context.Context, workspace, id, cursor string, limit int) ([]Block, string, error) {
	if _, err := s.record(ctx, workspace, id); err != nil {
		return nil, "", err
	}
	q := table.Query{PK: personPK(workspace, id), Prefix: blockPrefix, Limit: limit, After: cursor, Reverse: true}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (b Block, _ bool, err error) {
		err = json.Unmarshal(it.Doc, &b)
		return b, true, err
	})
}

// blockOp returns the op that keeps a block; version is that of the one it replaces.
func blockOp(p *Person, b *Block, version int64) (table.Op, error) {
	doc, err := json.Marshal(b)
	return table.Put(table.Item{Key: blockKey(p.Workspace, p.ID, b.Ref), Version: version, Doc: doc}), err
}
