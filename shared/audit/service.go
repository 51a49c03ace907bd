package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Where entries rest, beside what they are about:
//
//	PK             SK            index PK      index SK
//	WS#w#AST#a     AUDIT#<ref>   WS#w#AUDIT    <ref>
const entryPrefix = "AUDIT#"

// slack is how much later than what it names an identifier may have been made.
const slack = time.Minute

func indexPK(workspace string) string { return "WS#" + workspace + "#AUDIT" }

// Service is what the rest of the product may ask.
type Service struct {
	Table table.Table
	NewID ident.Source
}

// Op returns the op that records an action in the partition pk of the thing it
// is about. Put it into the Write that makes the change.
func (s *Service) Op(pk string, actor access.Actor, action string, object Object, changes []Change, at time.Time) (table.Op, error) {
	id := s.NewID("aud")
	doc, err := json.Marshal(Entry{
		ID: id, At: at.UTC(), Actor: actor, Action: action, Object: object, Changes: changes,
		Request: actor.Request, IP: actor.IP,
	})
	if err != nil {
		return table.Op{}, fmt.Errorf("audit: %s: %w", action, err)
	}
	ref := ident.Suffix(id)
	return table.Put(table.Item{
		Key:     table.Key{PK: pk, SK: entryPrefix + ref},
		Index:   table.Key{PK: indexPK(actor.Workspace), SK: ref},
		Expires: at.AddDate(keepYears, 0, 0),
		Doc:     doc,
	}), nil
}

// List returns a page of a workspace's entries, newest first. It may lag a
// moment behind the changes, and may be short when the filter is narrow.
func (s *Service) List(ctx context.Context, workspace string, f Filter, cursor string, limit int) ([]Entry, string, error) {
	q := table.Query{PK: indexPK(workspace), Index: true, Reverse: true, Limit: limit, After: cursor}
	if !f.Since.IsZero() {
		q.From = ident.Floor(f.Since)
	}
	if !f.Until.IsZero() {
		q.To = ident.Floor(f.Until.Add(slack))
	}
	return s.read(ctx, q, f)
}

// Of returns a page of the entries in the partition pk, newest first: the
// history of one thing. A partition of another workspace is not found.
func (s *Service) Of(ctx context.Context, workspace, pk, cursor string, limit int) ([]Entry, string, error) {
	return s.About(ctx, workspace, pk, Filter{}, cursor, limit)
}

// About is Of for some of the entries.
func (s *Service) About(ctx context.Context, workspace, pk string, f Filter, cursor string, limit int) ([]Entry, string, error) {
	if !strings.HasPrefix(pk, "WS#"+workspace+"#") {
		return nil, "", fault.New(fault.NotFound, "audit.not_found", "There is no history of such a thing here.")
	}
	return s.read(ctx, table.Query{PK: pk, Prefix: entryPrefix, Reverse: true, Limit: limit, After: cursor}, f)
}

func (s *Service) read(ctx context.Context, q table.Query, f Filter) ([]Entry, string, error) {
	return table.Sift(ctx, s.Table, q, func(it table.Item) (e Entry, ok bool, err error) {
		if err := json.Unmarshal(it.Doc, &e); err != nil {
			return e, false, fmt.Errorf("audit: entry at %s / %s: %w", it.Key.PK, it.Key.SK, err)
		}
		return e, f.wants(e), nil
	})
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{{Name: "audit entry", PK: "WS#w#**", SK: entryPrefix + "*"}}
}
