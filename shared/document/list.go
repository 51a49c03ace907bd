package document

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
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

	// Until wants what is good for some days more at the most and is not over; where
	// nothing else says the order, the soonest first; zero: whatever its last day.
	Until int

	All bool // whatever its state: first those that wait, then those of each other state, the latest first

	owners []string // every identifier of Owner
}

func (f Filter) wants(d *Document, today span.Date) bool {
	return (f.Owner == "" || slices.Contains(f.owners, d.Owner.ID)) && (f.Type == "" || f.Type == d.Type) &&
		(f.State == "" || f.State == d.StateOn(today)) && (f.Until == 0 || d.ends(today, f.Until))
}

// ends reports whether d is good for some days more at the most, and is not over.
func (d *Document) ends(today span.Date, days int) bool {
	last := d.Paper.Expires.String()
	return !d.Paper.Expires.IsZero() && d.State != Rejected && last >= today.String() && last <= later(today, days).String()
}

// Documents returns a page of a workspace's documents: of one owner the newest
// first, those that expire the soonest first, those that wait the longest waiting first. It may be short when the
// filter is narrow, and may lag a moment behind.
func (s *Service) Documents(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int, at time.Time) ([]*Document, string, error) {
	today, err := s.today(ctx, actor.Workspace, at)
	if err != nil {
		return nil, "", err
	}
	if f.Owner != "" {
		return s.ofOwner(ctx, actor, f, cursor, limit, today)
	}
	ws, q := actor.Workspace, table.Query{Limit: limit, After: cursor}
	switch {
	case f.All && f.Q == "":
		return s.ofEachState(ctx, actor, f, cursor, limit, today)
	case f.Q != "":
		if !actor.May(access.ViewPII) {
			return nil, "", fault.New(fault.Denied, "document.pii", "To search by number you need the right to see what identifies people.").At("q")
		}
		if q.PK, q.Prefix = numberPK(ws), plain(f.Q); q.Prefix == "" {
			return nil, "", nil
		}
	case f.Until > 0:
		q.PK, q.From, q.To = expiresPK(ws), today.String(), later(today, f.Until+1).String()
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

// rest are the states under which papers rest; what is expired was verified.
var rest = []State{Submitted, Requested, Verified, Rejected}

// ofEachState is a page of the papers of one state after the other. The cursor of
// a further state begins with its number.
func (s *Service) ofEachState(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int, today span.Date) ([]*Document, string, error) {
	n, cursor, err := turn(cursor, len(rest))
	if err != nil {
		return nil, "", err
	}
	q := table.Query{PK: statePK(actor.Workspace, rest[n]), Index: true, Reverse: rest[n] != Submitted, Limit: limit, After: cursor}
	page, next, err := table.Sift(ctx, s.Table, q, func(it table.Item) (*Document, bool, error) {
		d, err := read(it)
		return s.wanted(ctx, actor, f, d, today, err)
	})
	if err != nil || next != "" || n+1 == len(rest) {
		return page, turned(n, next), err
	}
	if next = strconv.Itoa(n+1) + "!"; len(page) == limit {
		return page, next, nil
	}
	more, next, err := s.ofEachState(ctx, actor, f, next, limit-len(page), today)
	return append(page, more...), next, err
}

// turn reads a cursor over several lists: which of them, and where in it.
func turn(cursor string, lists int) (n int, rest string, err error) {
	before, after, found := strings.Cut(cursor, "!")
	if !found {
		return 0, cursor, nil
	}
	if n, err = strconv.Atoi(before); err != nil || n < 1 || n >= lists {
		return 0, "", fault.New(fault.Invalid, "cursor.invalid", "This cursor is not of this list.")
	}
	return n, after, nil
}

func turned(n int, next string) string {
	if n == 0 || next == "" {
		return next
	}
	return strconv.Itoa(n) + "!" + next
}

// wanted reports whether a list shows d to the actor.
func (s *Service) wanted(ctx context.Context, actor access.Actor, f Filter, d *Document, today span.Date, err error) (*Document, bool, error) {
	if err != nil || d == nil || !f.wants(d, today) {
		return d, false, err
	}
	seen, err := s.sees(ctx, actor, d.Owner)
	return d, seen, err
}

// ofOwner is a page of the papers under each identifier of an owner, those under
// the present one first. The cursor of a further one begins with its number.
func (s *Service) ofOwner(ctx context.Context, actor access.Actor, f Filter, cursor string, limit int, today span.Date) ([]*Document, string, error) {
	ids, err := s.identifiers(ctx, actor.Workspace, Owner{typeOf(f.Owner), f.Owner})
	if err != nil {
		return nil, "", err
	}
	f.owners = ids
	n, cursor, err := turn(cursor, len(ids))
	if err != nil {
		return nil, "", err
	}
	q := table.Query{PK: ownerPK(actor.Workspace, ids[len(ids)-1-n]), Reverse: true, Limit: limit, After: cursor}
	page, next, err := table.Sift(ctx, s.Table, q, func(it table.Item) (*Document, bool, error) {
		d, err := s.pointed(ctx, actor.Workspace, it)
		return s.wanted(ctx, actor, f, d, today, err)
	})
	if next == "" && n+1 < len(ids) {
		return page, strconv.Itoa(n+1) + "!", err
	}
	return page, turned(n, next), err
}

func typeOf(id string) string {
	for typ, prefix := range prefixes {
		if ident.Has(prefix, id) {
			return typ
		}
	}
	return ""
}

// identifiers are all that lead to an owner, the present one last.
func (s *Service) identifiers(ctx context.Context, workspace string, o Owner) ([]string, error) {
	if s.Owners == nil {
		return []string{o.ID}, nil
	}
	return s.Owners.Identifiers(ctx, workspace, o)
}

// Of returns the documents under one identifier of an owner, newest first; at most 200.
func (s *Service) Of(ctx context.Context, actor access.Actor, owner string) ([]*Document, error) {
	q := table.Query{PK: ownerPK(actor.Workspace, owner), Reverse: true, Limit: maxOf}
	all, _, err := table.Sift(ctx, s.Table, q, func(it table.Item) (*Document, bool, error) {
		d, err := s.pointed(ctx, actor.Workspace, it)
		return s.wanted(ctx, actor, Filter{}, d, span.Date{}, err)
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
