package fleet

import (
	"context"
	"encoding/json"
	"fmt"
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
	object   audit.Object
	from, to any // as the outside sees it; nil where there is nothing to compare
}

// tellOps returns the ops that tell st. The audit entry goes by the name of the
// first event.
func (s *Service) tellOps(ctx context.Context, actor access.Actor, st story) (ops []table.Op, err error) {
	for _, e := range st.news {
		op, err := s.Events.Op(ctx, st.pk, actor, e, st.at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	var changes []audit.Change
	if st.from != nil {
		if changes, err = audit.Diff(st.from, st.to, "version", "updated_at"); err != nil {
			return nil, err
		}
	}
	op, err := s.Audit.Op(st.pk, actor, st.news[0].Type(), st.object, changes, st.at)
	return append(ops, op), err
}

// History returns a page of what was done to an asset itself, newest first.
func (s *Service) History(ctx context.Context, actor access.Actor, id, cursor string, limit int) ([]audit.Entry, string, error) {
	if _, err := s.Find(ctx, actor, id); err != nil {
		return nil, "", err
	}
	return s.Audit.About(ctx, actor.Workspace, assetPK(actor.Workspace, id), audit.Filter{Object: id}, cursor, limit)
}

// Switch is one moment at which an asset was opened for booking or closed.
type Switch struct {
	At    time.Time    `json:"at"`
	On    bool         `json:"on"`
	Actor access.Actor `json:"actor"`
}

const switchPrefix = "BOOKING#"

// switched returns the op that remembers the change of a's booking, if it has
// just changed. The version parts what happens at one instant.
func (a *Asset) switched(actor access.Actor) []table.Op {
	if len(a.news) == 0 || a.was == nil || a.was.BookingEnabled == a.BookingEnabled {
		return nil
	}
	doc, _ := json.Marshal(Switch{a.BookingSwitchedAt, a.BookingEnabled, actor}) // always encodes
	sk := fmt.Sprintf("%s%s#%012d", switchPrefix, a.BookingSwitchedAt.UTC().Format("2006-01-02T15:04:05.000000000Z"), a.Version)
	return []table.Op{table.Put(table.Item{Key: table.Key{PK: assetPK(a.Workspace, a.ID), SK: sk}, Doc: doc})}
}

// Switches returns a page of the moments at which an asset was opened for
// booking or closed, oldest first. Each asset begins closed.
func (s *Service) Switches(ctx context.Context, actor access.Actor, id, cursor string, limit int) ([]Switch, string, error) {
	if _, err := s.Find(ctx, actor, id); err != nil {
		return nil, "", err
	}
	q := table.Query{PK: assetPK(actor.Workspace, id), Prefix: switchPrefix, Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (sw Switch, _ bool, err error) {
		err = json.Unmarshal(it.Doc, &sw)
		return sw, true, err
	})
}
