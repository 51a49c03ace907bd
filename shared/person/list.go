package person

import (
	"context"
	"slices"
	"strings"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// PersonFilter says which people a list wants; a zero field wants all. Archived
// people are listed only where State asks for them.
type PersonFilter struct {
	State  State
	Tag    string // whatever its case
	Q      string // a name begins so; for who may see it also an e-mail address, a mobile or a document's number
	Newest bool   // newest first; otherwise by name
}

func (f PersonFilter) wants(p *Person) bool {
	state := p.State()
	return p.MergedInto == "" && (f.State == Archived) == (state == Archived) && (f.State == "" || f.State == state) &&
		(f.Tag == "" || slices.ContainsFunc(p.Tags, func(tag string) bool { return strings.EqualFold(tag, f.Tag) }))
}

// People returns a page of the people whom the actor may see, by name unless the
// filter says otherwise. It may lag a moment behind, and may be short when the
// filter is narrow. With Q, people come in the order of what they were found
// by; who is found by name first.
func (s *Service) People(ctx context.Context, actor access.Actor, f PersonFilter, cursor string, limit int) ([]*Person, string, error) {
	ws, in := actor.Workspace, drawer(f.State == Archived)
	q := table.Query{Limit: limit, After: cursor}
	switch {
	case strings.TrimSpace(f.Q) != "":
		return s.search(ctx, actor, f, cursor, limit)
	case f.Newest:
		q.PK, q.Index, q.Reverse = peopleIndexPK(ws, f.State == Archived), true, true
		return table.Sift(ctx, s.Table, q, func(it table.Item) (*Person, bool, error) {
			p, err := readPerson(it)
			return p, err == nil && f.wants(p), err
		})
	case f.Tag != "":
		q.PK = tagPK(ws, in, f.Tag)
	case f.State == Blocked:
		q.PK = namedPK(ws, "blocked")
	default:
		q.PK = namedPK(ws, in)
	}
	return s.listed(ctx, ws, q, func(p *Person, _ string) bool { return f.wants(p) })
}

// listed reads the people to whom the pointers of q lead.
func (s *Service) listed(ctx context.Context, workspace string, q table.Query, wants func(p *Person, sk string) bool) ([]*Person, string, error) {
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Person, bool, error) {
		p, err := s.load(ctx, workspace, pointed(it))
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, false, err
		}
		return p, err == nil && wants(p, it.Key.SK), nil
	})
}

// A shelf is one partition that is searched, and which of its texts are a person's.
type shelf struct {
	pk    string
	texts func(*Person) []string
}

// search looks along the shelves one after the other. The cursor begins with
// the number of the shelf at which to go on; none but the actor's own are
// opened, so that nobody feels out what they may not see.
func (s *Service) search(ctx context.Context, actor access.Actor, f PersonFilter, cursor string, limit int) (found []*Person, next string, err error) {
	in := drawer(f.State == Archived)
	shelves := []shelf{{namePK(actor.Workspace, in), (*Person).names}}
	if actor.May(access.ViewPII) {
		shelves = append(shelves, shelf{secretPK(actor.Workspace, in), (*Person).secrets}, shelf{numberPK(actor.Workspace), nil})
	}
	text := plain(f.Q)
	if text == "" {
		return nil, "", nil // nothing is made of signs alone
	}
	at, seen := 0, map[string]bool{} // two documents may have one number
	if cursor != "" {
		if at = int(cursor[0] - '0'); at < 0 || at >= len(shelves) {
			return nil, "", fault.New(fault.Invalid, "cursor.invalid", "This cursor is of another list. Begin again without one.").At("cursor")
		}
		cursor = cursor[1:]
	}
	for limit = (&table.Query{Limit: limit}).Size(); at < len(shelves); at++ {
		q := table.Query{PK: shelves[at].pk, Prefix: text, Limit: limit - len(found), After: cursor}
		page, next, err := s.listed(ctx, actor.Workspace, q, func(p *Person, sk string) bool {
			wanted := f.wants(p) && !seen[p.ID] && first(p, shelves[:at+1], text, sk)
			seen[p.ID] = seen[p.ID] || wanted
			return wanted
		})
		if err != nil {
			return nil, "", err
		}
		found = append(found, page...)
		if next != "" {
			return found, string(rune('0'+at)) + next, nil
		}
		if cursor = ""; len(found) == limit && at+1 < len(shelves) {
			return found, string(rune('1' + at)), nil
		}
	}
	return found, "", nil
}

// first reports whether the place sk on the last of the shelves is the first at
// which the text finds p, so that a list has p once. A number of a document has
// no text of its own in the person.
func first(p *Person, shelves []shelf, text, sk string) bool {
	last := len(shelves) - 1
	for i, sh := range shelves {
		if sh.texts == nil {
			continue
		}
		place := ""
		for n, t := range sh.texts(p) {
			if k := t + "#" + string(rune('0'+n)) + "#" + p.ID; strings.HasPrefix(t, text) && (place == "" || k < place) {
				place = k
			}
		}
		if place != "" {
			return i == last && place == sk
		}
	}
	return true
}
