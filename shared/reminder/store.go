package reminder

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Where reminders rest. The audit entries are in the asset's partition: they are
// a part of its history. Pointers are for ever, and their version is always 1.
//
//	PK            SK              index PK             index SK
//	WS#w#REM#r    REMINDER        WS#w#REM#<state>     <day it is due, or ~>#r
//	WS#w#REM#r    LOOK            WS#w#REM#LOOK        <day>#r   look at it then; only while it is pending
//	WS#w#REM#r    EVENT#<ref>     see outbox
//	WS#w#AST#a    REM#r           pointer
//	WS#w#AST#a    AUDIT#<ref>     see audit
func reminderPK(workspace, id string) string { return "WS#" + workspace + "#REM#" + id }

func reminderKey(workspace, id string) table.Key {
	return table.Key{PK: reminderPK(workspace, id), SK: "REMINDER"}
}

func lookKey(workspace, id string) table.Key {
	return table.Key{PK: reminderPK(workspace, id), SK: "LOOK"}
}

func statePK(workspace string, s State) string { return "WS#" + workspace + "#REM#" + string(s) }

func lookPK(workspace string) string { return "WS#" + workspace + "#REM#LOOK" }

func assetPK(workspace, asset string) string { return "WS#" + workspace + "#AST#" + asset }

const pointerPrefix = "REM#"

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "service reminder", PK: "WS#w#REM#*", SK: "REMINDER"},
		{Name: "service reminder's next look", PK: "WS#w#REM#*", SK: "LOOK"},
		{Name: "asset's service reminder", PK: "WS#w#AST#*", SK: pointerPrefix + "*"},
		{Name: "service reminder template", PK: "WS#w#RMT", SK: templatePrefix + "*"},
		{Name: "asset's reminder by a template", PK: "WS#w#AST#*", SK: coveredPrefix + "*"},
		{Name: "day that a reminder follows", PK: "WS#w#AST#*", SK: followsPrefix + "*"},
	}
}

func noSuchReminder() error {
	return fault.New(fault.NotFound, "service_reminder.not_found", "There is no such service reminder here.")
}

func (s *Service) load(ctx context.Context, workspace, id string) (*Reminder, error) {
	it, err := s.Table.Get(ctx, reminderKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchReminder()
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

func read(it table.Item) (*Reminder, error) {
	r := &Reminder{Version: it.Version}
	if err := json.Unmarshal(it.Doc, r); err != nil {
		return nil, fmt.Errorf("reminder: at %s: %w", it.Key.PK, err)
	}
	was := *r
	was.Assignees = slices.Clone(r.Assignees)
	r.was = &was
	return r, nil
}

// save stores reminders that have news, each with its events, its audit entry
// and the day on which it is looked at next.
func (s *Service) save(ctx context.Context, actor access.Actor, at time.Time, also []table.Op, all ...*Reminder) error {
	today, err := s.Today(ctx, actor.Workspace, at)
	if err != nil {
		return err
	}
	ops := also
	for _, r := range all {
		look, err := s.again(ctx, r, today)
		if err != nil {
			return err
		}
		told, err := s.told(ctx, actor, r, at)
		if err != nil {
			return err
		}
		put, err := r.put()
		if err != nil {
			return err
		}
		ops = slices.Concat(ops, put, look, told)
	}
	return s.Table.Write(ctx, ops...)
}

func (r *Reminder) put() ([]table.Op, error) {
	doc, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	on, _ := r.due()
	day := on.String()
	if day == "" {
		day = "~" // by distance alone: after those with a day
	}
	ops := []table.Op{table.Put(table.Item{
		Key: reminderKey(r.Workspace, r.ID), Index: table.Key{PK: statePK(r.Workspace, r.State), SK: day + "#" + r.ID},
		Version: r.Version - 1, Doc: doc,
	})}
	if r.was == nil {
		ops = append(ops, table.Put(table.Item{Key: table.Key{PK: assetPK(r.Workspace, r.Asset), SK: pointerPrefix + r.ID}, Doc: quoted(r.ID)}))
	}
	return ops, nil
}

func quoted(id string) json.RawMessage { return json.RawMessage(`"` + id + `"`) }

func unquoted(it table.Item) string { return strings.Trim(string(it.Doc), `"`) }

// again returns the op that has r looked at on the next day that may change it.
// One that is new is looked at by the next tick, because it may be due already.
func (s *Service) again(ctx context.Context, r *Reminder, today span.Date) ([]table.Op, error) {
	k := lookKey(r.Workspace, r.ID)
	it := table.Item{Key: k}
	if r.was != nil {
		var err error
		if it, err = s.Table.Get(ctx, k); err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		it.Key = k
	}
	day := r.next(today)
	if r.was == nil || r.described() {
		day = today
	}
	next := table.Key{PK: lookPK(r.Workspace), SK: day.String() + "#" + r.ID}
	switch {
	case !r.Pending() && it.Version > 0:
		return []table.Op{table.Delete(k, it.Version)}, nil
	case !r.Pending() || it.Index == next:
		return nil, nil
	}
	it.Index, it.Doc = next, quoted(r.ID)
	return []table.Op{table.Put(it)}, nil
}

// described reports whether what is said of r has just changed, and with it
// perhaps the day on which it is due.
func (r *Reminder) described() bool {
	return r.Version != r.was.Version && r.State == r.was.State && r.Told == r.was.Told
}

func (s *Service) told(ctx context.Context, actor access.Actor, r *Reminder, at time.Time) (ops []table.Op, err error) {
	for _, e := range r.news {
		op, err := s.Events.Op(ctx, reminderPK(r.Workspace, r.ID), actor, e, at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	var changes []audit.Change
	if r.was != nil {
		if changes, err = audit.Diff(r.was.Object(), r.Object(), "version", "updated_at"); err != nil {
			return nil, err
		}
	}
	op, err := s.Audit.Op(assetPK(r.Workspace, r.Asset), actor, r.news[0].Type(), audit.Object{Type: "service_reminder", ID: r.ID, Name: r.Name}, changes, at)
	return append(ops, op), err
}

// Filter says which reminders a list wants.
type Filter struct {
	Asset string
	State State // of all assets: scheduled, where none is given
	Kind  string
}

// Reminders returns a page of reminders: of one asset, newest first; of all, in
// the order of the days on which they are due. It may lag a moment behind, and
// may be short when the filter is narrow. What the actor may not see is left out.
func (s *Service) Reminders(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int) ([]*Reminder, string, error) {
	q := table.Query{Limit: limit, After: cursor}
	if f.Asset != "" {
		if err := s.Vehicles.Seen(ctx, actor, f.Asset); err != nil {
			return nil, "", err
		}
		q.PK, q.Prefix, q.Reverse = assetPK(actor.Workspace, f.Asset), pointerPrefix, true
		return table.Sift(ctx, s.Table, q, func(it table.Item) (*Reminder, bool, error) {
			r, err := s.load(ctx, actor.Workspace, unquoted(it))
			return r, err == nil && (f.State == "" || f.State == r.State) && (f.Kind == "" || f.Kind == r.Kind), err
		})
	}
	if f.State == "" {
		f.State = Scheduled
	}
	q.PK, q.Index = statePK(actor.Workspace, f.State), true
	sight := access.Sight(actor, s.Vehicles.Seen)
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Reminder, bool, error) {
		r, err := read(it)
		if err != nil || f.Kind != "" && f.Kind != r.Kind {
			return nil, false, err
		}
		seen, err := sight(ctx, r.Asset)
		return r, seen, err
	})
}

// Refers reports whether there was ever a reminder for an asset.
func (s *Service) Refers(ctx context.Context, workspace, asset string) (bool, error) {
	page, err := s.Table.Query(ctx, table.Query{PK: assetPK(workspace, asset), Prefix: pointerPrefix, Limit: 1})
	return len(page.Items) > 0, err
}
