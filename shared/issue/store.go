package issue

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
	"motorpool/shared/table"
)

// Where issues rest. The audit entries are in the asset's partition: they are a
// part of its history. The version of pointers is always 1.
//
//	PK            SK              index PK             index SK
//	WS#w#ISS#i    ISSUE           WS#w#ISS#<state>     i
//	WS#w#ISS#i    EVENT#<ref>     see outbox
//	WS#w#ISS      ISS#i           pointer: each issue once, in order of time
//	WS#w#ISS      DUE#<day>#i     pointer: what is unsettled, first due first; ~ for no day
//	WS#w#ISS      WORST#<rank>#i  pointer: what is unsettled, worst first
//	WS#w#AST#a    ISS#i           pointer
//	WS#w#AST#a    AUDIT#<ref>     see audit
func issuePK(workspace, id string) string { return "WS#" + workspace + "#ISS#" + id }

func issueKey(workspace, id string) table.Key {
	return table.Key{PK: issuePK(workspace, id), SK: "ISSUE"}
}

func statePK(workspace string, s State) string { return "WS#" + workspace + "#ISS#" + string(s) }

func allPK(workspace string) string { return "WS#" + workspace + "#ISS" }

func assetPK(workspace, asset string) string { return "WS#" + workspace + "#AST#" + asset }

const pointerPrefix = "ISS#"

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "issue", PK: "WS#w#ISS#*", SK: "ISSUE"},
		{Name: "place in the list of issues", PK: "WS#w#ISS", SK: pointerPrefix + "*"},
		{Name: "place in the order of days", PK: "WS#w#ISS", SK: "DUE#*#*"},
		{Name: "place in the order of severity", PK: "WS#w#ISS", SK: "WORST#*#*"},
		{Name: "asset's issue", PK: "WS#w#AST#*", SK: pointerPrefix + "*"},
	}
}

func noSuchIssue() error {
	return fault.New(fault.NotFound, "issue.not_found", "There is no such issue here.")
}

func (s *Service) load(ctx context.Context, workspace, id string) (*Issue, error) {
	it, err := s.Table.Get(ctx, issueKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchIssue()
	}
	if err != nil {
		return nil, err
	}
	return read(it)
}

func read(it table.Item) (*Issue, error) {
	i := &Issue{Version: it.Version}
	if err := json.Unmarshal(it.Doc, i); err != nil {
		return nil, fmt.Errorf("issue: at %s: %w", it.Key.PK, err)
	}
	was := *i
	was.Photos = slices.Clone(i.Photos)
	i.was = &was
	return i, nil
}

// save stores what changed of i, if anything.
func (s *Service) save(ctx context.Context, actor access.Actor, i *Issue, at time.Time, also ...table.Op) error {
	ops, err := s.ops(ctx, actor, i, at)
	if err != nil || len(ops) == 0 {
		return err
	}
	return s.Table.Write(ctx, append(ops, also...)...)
}

// ops store what changed of i, with its news and an audit entry. Without a
// change there are none.
func (s *Service) ops(ctx context.Context, actor access.Actor, i *Issue, at time.Time) ([]table.Op, error) {
	if !i.tell(at) {
		return nil, nil
	}
	photos, err := s.photos(ctx, i)
	if err != nil {
		return nil, err
	}
	told, err := s.told(ctx, actor, i, at)
	if err != nil {
		return nil, err
	}
	doc, err := json.Marshal(i)
	if err != nil {
		return nil, err
	}
	ops := []table.Op{table.Put(table.Item{
		Key: issueKey(i.Workspace, i.ID), Index: table.Key{PK: statePK(i.Workspace, i.State), SK: i.ID},
		Version: i.Version - 1, Doc: doc,
	})}
	ops = append(ops, repoint(i.was, i)...)
	if i.was == nil {
		for _, pk := range []string{allPK(i.Workspace), assetPK(i.Workspace, i.Asset)} {
			ops = append(ops, table.Put(table.Item{Key: table.Key{PK: pk, SK: pointerPrefix + i.ID}, Doc: json.RawMessage(`"` + i.ID + `"`)}))
		}
	}
	return slices.Concat(ops, photos, told), nil
}

// places are where i stands in the lists of what is unsettled.
func (i *Issue) places() []table.Key {
	if i == nil || !i.Unsettled() {
		return nil
	}
	day := i.Due.String()
	if day == "" {
		day = "~"
	}
	worst := len(Severities) - slices.Index(Severities, i.Severity)
	return []table.Key{
		{PK: allPK(i.Workspace), SK: "DUE#" + day + "#" + i.ID},
		{PK: allPK(i.Workspace), SK: fmt.Sprintf("WORST#%d#%s", worst, i.ID)},
	}
}

// repoint moves an issue in those lists.
func repoint(was, is *Issue) (ops []table.Op) {
	old, now := was.places(), is.places()
	for _, k := range old {
		if !slices.Contains(now, k) {
			ops = append(ops, table.Delete(k, 1))
		}
	}
	for _, k := range now {
		if !slices.Contains(old, k) {
			ops = append(ops, table.Put(table.Item{Key: k, Doc: json.RawMessage(`"` + is.ID + `"`)}))
		}
	}
	return ops
}

func (s *Service) told(ctx context.Context, actor access.Actor, i *Issue, at time.Time) (ops []table.Op, err error) {
	for _, e := range i.news {
		op, err := s.Events.Op(ctx, issuePK(i.Workspace, i.ID), actor, e, at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	var changes []audit.Change
	if i.was != nil {
		if changes, err = audit.Diff(i.was.Object(), i.Object(), "version", "updated_at"); err != nil {
			return nil, err
		}
	}
	op, err := s.Audit.Op(assetPK(i.Workspace, i.Asset), actor, i.news[0].Type(), audit.Object{Type: "issue", ID: i.ID, Name: i.Line()}, changes, at)
	return append(ops, op), err
}

// Filter says which issues a list wants; a zero field wants all.
type Filter struct {
	Asset    string
	State    State
	Type     string
	Severity string
	Assignee string
	Sort     string // ByDue, BySeverity: only what is unsettled, of all assets; otherwise newest first
}

// The orders in which what is unsettled may be listed.
const (
	ByDue      = "due"      // first due first, those without a day last
	BySeverity = "severity" // worst first
)

func (f Filter) wants(i *Issue) bool {
	return (f.State == "" || f.State == i.State) && (f.Type == "" || f.Type == i.Type) &&
		(f.Severity == "" || f.Severity == i.Severity) && (f.Assignee == "" || f.Assignee == i.Assignee)
}

// Issues returns a page of issues, newest first. It may lag a moment behind, and
// may be short when the filter is narrow. What the actor may not see is left out.
func (s *Service) Issues(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int) ([]*Issue, string, error) {
	q := table.Query{PK: allPK(actor.Workspace), Prefix: pointerPrefix, Reverse: true, Limit: limit, After: cursor}
	sight := access.Sight(actor, s.Vehicles.Seen)
	switch {
	case f.Asset != "":
		if err := s.Vehicles.Seen(ctx, actor, f.Asset); err != nil {
			return nil, "", err
		}
		q.PK = assetPK(actor.Workspace, f.Asset)
	case f.Sort == ByDue:
		q.Prefix, q.Reverse = "DUE#", false
	case f.Sort == BySeverity:
		q.Prefix, q.Reverse = "WORST#", false
	case f.State != "":
		q.PK, q.Prefix, q.Index = statePK(actor.Workspace, f.State), "", true
	}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (i *Issue, _ bool, err error) {
		if q.Index {
			i, err = read(it)
		} else {
			i, err = s.load(ctx, actor.Workspace, strings.Trim(string(it.Doc), `"`))
		}
		if err != nil || !f.wants(i) {
			return nil, false, err
		}
		seen, err := sight(ctx, i.Asset)
		return i, seen, err
	})
}

// Refers reports whether an issue was ever reported about an asset.
func (s *Service) Refers(ctx context.Context, workspace, asset string) (bool, error) {
	page, err := s.Table.Query(ctx, table.Query{PK: assetPK(workspace, asset), Prefix: pointerPrefix, Limit: 1})
	return len(page.Items) > 0, err
}
