package person

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/table"
)

// Anonymise erases everything personal that is held on a person, for good: the
// person, what duplicates of them said, notes of blocks, and what others hold.
// It is refused while something needs to know who they are. One that is broken
// off goes on when it is asked for again; the person is told of as anonymised
// when everything else is erased already.
func (s *Service) Anonymise(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Person, error) {
	first := true
	return s.change(ctx, actor, id, 0, func(p *Person) ([]table.Op, error) {
		if err := unchanged(p.Version, ifVersion); first && err != nil {
			return nil, err
		}
		if !p.AnonymisedAt.IsZero() {
			return nil, nil
		}
		first = false // from now on the version is ours
		if err := s.closed(ctx, p, at); err != nil {
			return nil, err
		}
		return nil, s.erase(ctx, actor, p, at)
	})
}

// closed sees to it that p may be anonymised, and that whoever refers to them
// from then on is seen: then the change is overtaken and made again.
func (s *Service) closed(ctx context.Context, p *Person, at time.Time) error {
	if s.References != nil {
		if err := s.References.Holds(ctx, p.Workspace, p.ID); err != nil {
			return err
		}
	}
	if err := p.snapshot().anonymise(at); err != nil { // refused before anything is changed
		return err
	}
	if err := s.close(ctx, p); err != nil {
		return err
	}
	if s.References != nil {
		if err := s.References.Holds(ctx, p.Workspace, p.ID); err != nil {
			return err
		}
	}
	return p.anonymise(at)
}

// erase removes what is personal around p.
func (s *Service) erase(ctx context.Context, actor access.Actor, p *Person, at time.Time) error {
	for _, id := range p.ids() {
		for _, h := range s.Holdings {
			if err := h.Erase(ctx, actor, id, at); err != nil {
				return err
			}
		}
		if err := s.eraseBlocks(ctx, p.Workspace, id); err != nil {
			return err
		}
		if err := s.eraseCopies(ctx, p.Workspace, id); err != nil {
			return err
		}
	}
	for _, id := range p.MergedFrom {
		if err := s.eraseRecord(ctx, p.Workspace, id, at); err != nil {
			return err
		}
	}
	return nil
}

// ids are all identifiers that lead to p.
func (p *Person) ids() []string { return append(slices.Clone(p.MergedFrom), p.ID) }

// eraseRecord leaves of a duplicate only where it leads to.
func (s *Service) eraseRecord(ctx context.Context, workspace, id string, at time.Time) error {
	r, err := s.record(ctx, workspace, id)
	if err != nil || !r.AnonymisedAt.IsZero() {
		return err
	}
	r.PersonDetails, r.Contacts, r.Past, r.AnonymisedAt, r.Updated, r.Version = PersonDetails{}, nil, nil, at, at, r.Version+1
	op, err := r.put()
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, op)
}

// eraseBlocks takes the notes from the blocks under an id. Reasons stay.
func (s *Service) eraseBlocks(ctx context.Context, workspace, id string) error {
	q := table.Query{PK: personPK(workspace, id), Prefix: blockPrefix, Limit: 50}
	for {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return err
		}
		var ops []table.Op
		for _, it := range page.Items {
			var b Block
			if err := json.Unmarshal(it.Doc, &b); err != nil {
				return err
			}
			if b.Note == "" && b.LiftNote == "" {
				continue
			}
			b.Note, b.LiftNote = "", ""
			if it.Doc, err = json.Marshal(b); err != nil {
				return err
			}
			ops = append(ops, table.Put(it))
		}
		if len(ops) > 0 {
			if err := s.Table.Write(ctx, ops...); err != nil {
				return err
			}
		}
		if q.After = page.Next; q.After == "" {
			return nil
		}
	}
}
