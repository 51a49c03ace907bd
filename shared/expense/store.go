package expense

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

// Where expenses rest. Audit entries are in the asset's partition: they are a
// part of its history.
//
//	PK            SK              index PK      index SK
//	WS#w#EXP#e    EXPENSE         WS#w#EXP      <date>#e
//	WS#w#EXP#e    EVENT#<ref>     see outbox
//	WS#w#AST#a    EXP#<date>#e    pointer, with what sums are made of; its version is Filed
//	WS#w#AST#a    AUDIT#<ref>     see audit
//	WS#w#EXPITEMS ITEMS           the items of the workspace
func expensePK(workspace, id string) string { return "WS#" + workspace + "#EXP#" + id }

func expenseKey(workspace, id string) table.Key {
	return table.Key{PK: expensePK(workspace, id), SK: "EXPENSE"}
}

func itemsKey(workspace string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#EXPITEMS", SK: "ITEMS"}
}

func listPK(workspace string) string { return "WS#" + workspace + "#EXP" }

func assetPK(workspace, asset string) string { return "WS#" + workspace + "#AST#" + asset }

const pointerPrefix = "EXP#"

func (e *Expense) place() string { return e.Date.String() + "#" + e.ID }

func (e *Expense) pointer() table.Key {
	return table.Key{PK: assetPK(e.Workspace, e.Asset), SK: pointerPrefix + e.place()}
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "expense", PK: "WS#w#EXP#*", SK: "EXPENSE"},
		{Name: "asset's expense", PK: "WS#w#AST#*", SK: pointerPrefix + "**"},
		{Name: "expense items", PK: "WS#w#EXPITEMS", SK: "ITEMS"},
	}
}

func noSuchExpense() error {
	return fault.New(fault.NotFound, "expense.not_found", "There is no such expense here.")
}

func (s *Service) load(ctx context.Context, workspace, id string) (*Expense, error) {
	it, err := s.Table.Get(ctx, expenseKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchExpense()
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

func read(it table.Item) (*Expense, error) {
	e := &Expense{Version: it.Version}
	if err := json.Unmarshal(it.Doc, e); err != nil {
		return nil, fmt.Errorf("expense: at %s: %w", it.Key.PK, err)
	}
	was := *e
	was.Receipts = slices.Clone(e.Receipts)
	e.was = &was
	return e, nil
}

// save stores what changed of e, with its news and an audit entry. Without a
// change there is nothing to store.
func (s *Service) save(ctx context.Context, actor access.Actor, e *Expense, at time.Time, also ...table.Op) error {
	if !e.tell(at) {
		return nil
	}
	item := ""
	if e.was != nil {
		item = e.was.Item
	}
	if err := s.offered(ctx, e.Workspace, e.Item, item); err != nil {
		return err
	}
	files, err := s.files(ctx, e)
	if err != nil {
		return err
	}
	filed, err := e.file()
	if err != nil {
		return err
	}
	told, err := s.told(ctx, actor, e, at)
	if err != nil {
		return err
	}
	doc, err := json.Marshal(e)
	if err != nil {
		return err
	}
	put := table.Put(table.Item{
		Key: expenseKey(e.Workspace, e.ID), Index: table.Key{PK: listPK(e.Workspace), SK: e.place()}, Version: e.Version - 1, Doc: doc,
	})
	return s.Table.Write(ctx, slices.Concat([]table.Op{put}, filed, files, told, also)...)
}

// file returns the ops that keep e's place in the list of its asset, and what
// sums need of it.
func (e *Expense) file() (ops []table.Op, err error) {
	doc, err := json.Marshal(entry{ID: e.ID, Item: e.Item, Amount: e.Amount, Tax: e.Tax, Voided: e.State == Voided})
	if err != nil {
		return nil, err
	}
	switch {
	case e.was == nil:
		e.Filed = 1
	case e.was.place() != e.place():
		ops, e.Filed = append(ops, table.Delete(e.was.pointer(), e.was.Filed)), 1
	default:
		e.Filed = e.was.Filed + 1
	}
	return append(ops, table.Put(table.Item{Key: e.pointer(), Version: e.Filed - 1, Doc: doc})), nil
}

func (s *Service) told(ctx context.Context, actor access.Actor, e *Expense, at time.Time) (ops []table.Op, err error) {
	for _, n := range e.news {
		op, err := s.Events.Op(ctx, expensePK(e.Workspace, e.ID), actor, n, at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	var changes []audit.Change
	if e.was != nil {
		if changes, err = audit.Diff(e.was.Object(), e.Object(), "version", "updated_at"); err != nil {
			return nil, err
		}
	}
	op, err := s.Audit.Op(assetPK(e.Workspace, e.Asset), actor, e.news[0].Type(), audit.Object{Type: "expense", ID: e.ID, Name: e.Line()}, changes, at)
	return append(ops, op), err
}

// Filter says which expenses a list or a sum wants; a zero field wants all.
type Filter struct {
	Asset    string
	From, To span.Date // both included
	Item     string
	Vendor   string // its name begins so, whatever its case
	State    State
}

func (f Filter) wants(e *Expense) bool {
	return (f.Item == "" || f.Item == e.Item) && (f.State == "" || f.State == e.State) &&
		(f.Asset == "" || f.Asset == e.Asset) &&
		(f.Vendor == "" || strings.HasPrefix(strings.ToLower(e.Vendor), strings.ToLower(strings.TrimSpace(f.Vendor))))
}

// query is the run of places that f is about: by date.
func (f Filter) query(workspace string) table.Query {
	q := table.Query{PK: listPK(workspace), Index: true, Reverse: true}
	prefix := ""
	if f.Asset != "" {
		q = table.Query{PK: assetPK(workspace, f.Asset), Reverse: true}
		prefix = pointerPrefix
	}
	if q.From = prefix; !f.From.IsZero() {
		q.From += f.From.String()
	}
	if q.To = prefix + "~"; !f.To.IsZero() {
		q.To = prefix + f.To.String() + "#~"
	}
	return q
}

// Expenses returns a page of expenses, the latest day first. It may lag a moment
// behind where no asset is named, and may be short when the filter is narrow.
// What the actor may not see is left out.
func (s *Service) Expenses(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int) ([]*Expense, string, error) {
	q := f.query(actor.Workspace)
	q.Limit, q.After = limit, cursor
	if f.Asset != "" {
		if err := s.Assets.Seen(ctx, actor, f.Asset); err != nil {
			return nil, "", err
		}
	}
	sight := access.Sight(actor, s.Assets.Seen)
	return table.Sift(ctx, s.Table, q, func(it table.Item) (e *Expense, _ bool, err error) {
		if q.Index {
			e, err = read(it)
		} else {
			var at entry
			if err = json.Unmarshal(it.Doc, &at); err == nil {
				e, err = s.load(ctx, actor.Workspace, at.ID)
			}
		}
		if err != nil || !f.wants(e) {
			return nil, false, err
		}
		seen, err := sight(ctx, e.Asset)
		return e, seen, err
	})
}

// Refers reports whether anything was ever spent on an asset.
func (s *Service) Refers(ctx context.Context, workspace, asset string) (bool, error) {
	page, err := s.Table.Query(ctx, table.Query{PK: assetPK(workspace, asset), Prefix: pointerPrefix, Limit: 1})
	return len(page.Items) > 0, err
}
