package person

import (
	"context"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/table"
)

// A Likeness is somebody who is blocked, and what somebody else has in common
// with them. Nothing in it is personal.
type Likeness struct {
	Person string   // per_…
	Why    []string // sorted: "email", "mobile"
}

// suspected notes in the audit log of whom p, as they are said to be now, is like
// and was not like before, among those who are blocked.
func (s *Service) suspected(ctx context.Context, actor access.Actor, p *Person, at time.Time) ([]table.Op, error) {
	is := p.matches()
	added := is
	if p.was != nil {
		added = slices.DeleteFunc(slices.Clone(is), func(m match) bool { return slices.Contains(p.was.matches(), m) })
	}
	if len(added) == 0 || len(is) < enough {
		return nil, nil
	}
	all, err := s.similar(ctx, p)
	if err != nil {
		return nil, err
	}
	var like []Likeness
	for _, d := range onlyBlocked(all) {
		before := slices.DeleteFunc(slices.Clone(d.Why), func(why string) bool {
			return slices.ContainsFunc(added, func(m match) bool { return m.attribute == why })
		})
		if !sufficient(before) {
			like = append(like, Likeness{d.Person.ID, d.Why})
		}
	}
	return s.noted(actor, p, like, at)
}

// Numbering returns what is noted in the audit log when a person shows a document
// with the number of somebody who is blocked, and was not like them before. It
// belongs into the write that stores the document.
func (s *Service) Numbering(ctx context.Context, actor access.Actor, person, kind, text string, at time.Time) ([]table.Op, error) {
	p, err := s.load(ctx, actor.Workspace, person)
	if err != nil {
		return nil, err
	}
	same := map[string][]string{}
	if err := s.sameNumber(ctx, p.Workspace, Number{Kind: kind, Text: text}, noting(same, p.ID)); err != nil || len(same) == 0 {
		return nil, err
	}
	all, err := s.alike(ctx, p.Workspace, same)
	blocked := onlyBlocked(all)
	if err != nil || len(blocked) == 0 {
		return nil, err
	}
	before, err := s.similar(ctx, p)
	if err != nil {
		return nil, err
	}
	var like []Likeness
	for _, d := range blocked {
		if !slices.ContainsFunc(before, func(b Duplicate) bool { return b.Person.ID == d.Person.ID }) {
			like = append(like, Likeness{d.Person.ID, d.Why})
		}
	}
	return s.noted(actor, p, like, at)
}

// noted are the audit entries that say of whom p is like: one for each.
func (s *Service) noted(actor access.Actor, p *Person, like []Likeness, at time.Time) (ops []table.Op, err error) {
	for _, l := range like[:min(len(like), maxNoted)] {
		op, err := s.Audit.Op(personPK(p.Workspace, p.ID), actor, "person.matched_blocked", audit.Object{Type: "person", ID: p.ID}, l.Changes(), at)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// maxNoted is how many who are blocked are noted of one change.
const maxNoted = 10

// Changes is l as an audit entry tells it: who is blocked, and which attributes are
// the same, but not what they are.
func (l Likeness) Changes() []audit.Change {
	return []audit.Change{{Field: "blocked_person", To: l.Person}, {Field: "in_common", To: l.Why}}
}
