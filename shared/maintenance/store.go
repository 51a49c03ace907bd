package maintenance

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/calendar"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where windows rest. What is over is listed apart from what is not. The audit
// entries are in the asset's partition: they are a part of its history.
//
//	PK            SK              index PK                   index SK
//	WS#w#MTW#m    WINDOW          WS#w#MTW#<open|over>       <start>#m
//	WS#w#MTW#m    EVENT#<ref>     see outbox
//	WS#w#AST#a    MTW#m           pointer, for ever; its version is always 1
//	WS#w#AST#a    AUDIT#<ref>     see audit
func windowPK(workspace, id string) string { return "WS#" + workspace + "#MTW#" + id }

func windowKey(workspace, id string) table.Key {
	return table.Key{PK: windowPK(workspace, id), SK: "WINDOW"}
}

func drawerPK(workspace string, open bool) string {
	if open {
		return "WS#" + workspace + "#MTW#open"
	}
	return "WS#" + workspace + "#MTW#over"
}

func assetPK(workspace, asset string) string { return "WS#" + workspace + "#AST#" + asset }

const pointerPrefix = "MTW#"

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "maintenance window", PK: "WS#w#MTW#*", SK: "WINDOW"},
		{Name: "asset's maintenance window", PK: "WS#w#AST#*", SK: pointerPrefix + "*"},
	}
}

func noSuchWindow() error {
	return fault.New(fault.NotFound, "maintenance_window.not_found", "There is no such maintenance window here.")
}

func (s *Service) load(ctx context.Context, workspace, id string) (*Window, error) {
	it, err := s.Table.Get(ctx, windowKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchWindow()
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

func read(it table.Item) (*Window, error) {
	w := &Window{Version: it.Version}
	if err := json.Unmarshal(it.Doc, w); err != nil {
		return nil, fmt.Errorf("maintenance: window at %s: %w", it.Key.PK, err)
	}
	was := *w
	w.was = &was
	return w, nil
}

// save stores what changed of w, if anything.
func (s *Service) save(ctx context.Context, actor access.Actor, w *Window, at time.Time, also ...table.Op) error {
	ops, err := s.ops(ctx, actor, w, at)
	if err != nil || len(ops) == 0 {
		return err
	}
	return s.Table.Write(ctx, append(ops, also...)...)
}

// ops store what changed of w, with its place in the calendar, its news and an
// audit entry. Without a change there are none.
func (s *Service) ops(ctx context.Context, actor access.Actor, w *Window, at time.Time) ([]table.Op, error) {
	w.Acknowledged = slices.Compact(slices.Sorted(slices.Values(w.Acknowledged)))
	if len(w.Acknowledged) > maxAcknowledged {
		return nil, fault.New(fault.Invalid, "maintenance_window.acknowledge", "Acknowledge at most %d others; choose a shorter time.", maxAcknowledged).At("acknowledge")
	}
	if !w.tell(at) {
		return nil, nil
	}
	held, err := s.held(ctx, w, at)
	if err != nil {
		return nil, err
	}
	told, err := s.told(ctx, actor, w, at)
	if err != nil {
		return nil, err
	}
	doc, err := json.Marshal(w)
	if err != nil {
		return nil, err
	}
	ops := []table.Op{table.Put(table.Item{
		Key:     windowKey(w.Workspace, w.ID),
		Index:   table.Key{PK: drawerPK(w.Workspace, w.Open()), SK: w.StartsAt.Format(time.RFC3339) + "#" + w.ID},
		Version: w.Version - 1, Doc: doc,
	})}
	if w.was == nil {
		ops = append(ops, table.Put(table.Item{Key: table.Key{PK: assetPK(w.Workspace, w.Asset), SK: pointerPrefix + w.ID}, Doc: json.RawMessage(`"` + w.ID + `"`)}))
	}
	return slices.Concat(ops, held, told), nil
}

const maxAcknowledged = 5

// held returns the op that puts w into the calendar of its asset, if it is
// different there.
func (s *Service) held(ctx context.Context, w *Window, at time.Time) ([]table.Op, error) {
	var op table.Op
	var err error
	switch {
	case !w.Open() && w.was.Open():
		op, err = s.Calendar.Release(ctx, w.Workspace, w.Asset, w.ID, at)
	case !w.Open() || w.was != nil && same(w.hold(), w.was.hold()):
		return nil, nil
	default:
		op, err = s.Calendar.Hold(ctx, w.Workspace, w.Asset, w.hold(), at)
	}
	return []table.Op{op}, err
}

func same(a, b calendar.Hold) bool {
	return a.From.Equal(b.From) && a.Until.Equal(b.Until) && a.Running == b.Running && a.Title == b.Title && slices.Equal(a.Over, b.Over)
}

func (s *Service) told(ctx context.Context, actor access.Actor, w *Window, at time.Time) (ops []table.Op, err error) {
	for _, e := range w.news {
		op, err := s.Events.Op(ctx, windowPK(w.Workspace, w.ID), actor, e, at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	var changes []audit.Change
	if w.was != nil {
		if changes, err = audit.Diff(w.was.Object(), w.Object(), "version", "updated_at"); err != nil {
			return nil, err
		}
	}
	op, err := s.Audit.Op(assetPK(w.Workspace, w.Asset), actor, w.news[0].Type(), audit.Object{Type: "maintenance_window", ID: w.ID, Name: w.Title()}, changes, at)
	return append(ops, op), err
}

// Filter says which windows a list wants; a zero field wants all.
type Filter struct {
	Asset string
	State State
	Over  bool // completed and cancelled ones, last first; otherwise those that are not, first first
}

// Windows returns a page of windows in order of their starts; of one asset, the
// last planned first. It may lag a moment behind, and may be short when the
// filter is narrow. What the actor may not see is left out.
func (s *Service) Windows(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int) ([]*Window, string, error) {
	q := table.Query{Limit: limit, After: cursor}
	sight := access.Sight(actor, s.Vehicles.Seen)
	if f.Asset != "" {
		if err := s.Vehicles.Seen(ctx, actor, f.Asset); err != nil {
			return nil, "", err
		}
		q.PK, q.Prefix, q.Reverse = assetPK(actor.Workspace, f.Asset), pointerPrefix, true
		return table.Sift(ctx, s.Table, q, func(it table.Item) (*Window, bool, error) {
			w, err := s.load(ctx, actor.Workspace, strings.Trim(string(it.Doc), `"`))
			return w, err == nil && (f.State == "" || f.State == w.State), err
		})
	}
	over := f.Over || f.State == Completed || f.State == Cancelled
	q.PK, q.Index, q.Reverse = drawerPK(actor.Workspace, !over), true, over
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Window, bool, error) {
		w, err := read(it)
		if err != nil || f.State != "" && f.State != w.State {
			return nil, false, err
		}
		seen, err := sight(ctx, w.Asset)
		return w, seen, err
	})
}

// Refers reports whether any window was ever planned for an asset.
func (s *Service) Refers(ctx context.Context, workspace, asset string) (bool, error) {
	page, err := s.Table.Query(ctx, table.Query{PK: assetPK(workspace, asset), Prefix: pointerPrefix, Limit: 1})
	return len(page.Items) > 0, err
}
