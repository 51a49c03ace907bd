package outbox

import (
	"context"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Where events rest, beside what they are about or, if they are about nothing
// of ours, in a partition of their own:
//
//	PK                 SK            index PK    index SK
//	WS#w#AST#a         EVENT#<ref>   WS#w#EVT    <ref>      raised by a noun
//	WS#w#EVT#<id>      EVENT#<ref>   WS#w#EVT    <ref>      custom
//	WS#w#EVT#<id>      CLAIM         (not indexed)          -> <ref>, where a client chose the id
//	WS#w#EVT#<id>      TEST#<ref>    (not indexed)          for one endpoint only
//
// The document is the envelope itself.
type place struct{ pk, prefix, ref string }

func ownPK(workspace, id string) string { return "WS#" + workspace + "#EVT#" + id }

func indexPK(workspace string) string { return "WS#" + workspace + "#EVT" }

func claimKey(workspace, id string) table.Key {
	return table.Key{PK: ownPK(workspace, id), SK: "CLAIM"}
}

func (s *Service) put(ctx context.Context, workspace string, p place, body []byte, at time.Time) table.Op {
	it := table.Item{
		Key:     table.Key{PK: p.pk, SK: p.prefix + p.ref},
		Expires: at.Add(s.retention(ctx, workspace)),
		Doc:     body,
	}
	if p.prefix == eventPrefix {
		it.Index = table.Key{PK: indexPK(workspace), SK: p.ref}
	}
	return table.Put(it)
}

// find looks where the id says the event is: in its own partition, or, through
// the index, beside the thing it is about.
func (s *Service) find(ctx context.Context, workspace, id string) (table.Item, error) {
	if !ident.Has("evt", id) {
		return s.claimed(ctx, workspace, id)
	}
	ref := ident.Suffix(id)
	for _, prefix := range []string{eventPrefix, testPrefix} {
		it, err := s.Table.Get(ctx, table.Key{PK: ownPK(workspace, id), SK: prefix + ref})
		if fault.KindOf(err) != fault.NotFound {
			return it, err
		}
	}
	page, err := s.Table.Query(ctx, table.Query{PK: indexPK(workspace), From: ref, To: ref, Index: true, Limit: 1})
	if err != nil || len(page.Items) == 0 {
		return table.Item{}, orNotFound(err)
	}
	it, err := s.Table.Get(ctx, page.Items[0].Key) // the index finds, the table decides
	return it, known(err)
}

func (s *Service) claimed(ctx context.Context, workspace, id string) (table.Item, error) {
	if !customID(id) {
		return table.Item{}, notFound()
	}
	claim, err := s.Table.Get(ctx, claimKey(workspace, id))
	if err != nil {
		return table.Item{}, known(err)
	}
	it, err := s.Table.Get(ctx, table.Key{PK: ownPK(workspace, id), SK: eventPrefix + unquote(claim.Doc)})
	return it, known(err)
}

// slack is how much later than its event an identifier may have been made.
const slack = time.Minute

// List returns a page of a workspace's events, newest first. It may lag a
// moment behind, and may be short when the filter is narrow.
func (s *Service) List(ctx context.Context, workspace string, f Filter, cursor string, limit int, at time.Time) ([]Stored, string, error) {
	q := table.Query{PK: indexPK(workspace), Index: true, Reverse: true, Limit: limit, After: cursor}
	if !f.Since.IsZero() {
		q.From = ident.Floor(f.Since)
	}
	if !f.Until.IsZero() {
		q.To = ident.Floor(f.Until.Add(slack))
	}
	horizon := s.horizon(ctx, workspace, at)
	return table.Sift(ctx, s.Table, q, func(it table.Item) (Stored, bool, error) {
		e, err := Read(it.Key.PK, it.Key.SK, it.Doc)
		if err == nil && e.OccurredAt.Before(horizon.Add(-slack)) {
			err = table.ErrStop // older ones follow
		}
		return e, f.wants(e) && !e.OccurredAt.Before(horizon), err
	})
}

func known(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return notFound()
	}
	return err
}

func orNotFound(err error) error {
	if err == nil {
		return notFound()
	}
	return err
}

// Kinds lists what rests here.
func Kinds() []table.Kind {
	return []table.Kind{
		{Name: "event", PK: "WS#w#**", SK: eventPrefix + "*", Told: true},
		{Name: "event id's claim", PK: "WS#w#EVT#*", SK: "CLAIM"},
		{Name: "test event", PK: "WS#w#EVT#*", SK: testPrefix + "*"},
	}
}
