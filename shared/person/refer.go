package person

import (
	"context"
	"slices"
	"strings"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Refer returns the id of the person to whom an id leads, and the op that holds
// them as they are, to be written along with what refers to them: if they change
// or go in between, that is not written. It returns fault.Conflict for who is
// put away already.
func (s *Service) Refer(ctx context.Context, workspace, id string) (string, table.Op, error) {
	p, err := s.load(ctx, workspace, id)
	if err == nil && p.State() == Archived {
		err = fault.New(fault.Conflict, "person.archived", "This person is archived. Restore them first.")
	}
	if err != nil {
		return "", table.Op{}, err
	}
	if !p.Closing {
		return p.ID, table.Check(personKey(workspace, p.ID), p.Version), nil
	}
	p.Version++ // put opens them, and whoever closed them has lost
	op, err := p.put()
	return p.ID, op, err
}

// close marks p, so that from then on nobody refers to them without being seen.
// They are one version further on then, of which nothing is told.
func (s *Service) close(ctx context.Context, p *Person) error {
	p.Version++
	op, err := p.stored(true)
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, op)
}

// Emails returns the addresses at which a person was written to under one of
// their identifiers: the one they have, and those they had. One that is somebody
// else's by now is not theirs any more, and one that is theirs under a later
// identifier is returned for that one.
func (s *Service) Emails(ctx context.Context, workspace, id string) (all []string, err error) {
	p, err := s.load(ctx, workspace, id)
	if err != nil {
		return nil, err
	}
	ids := p.ids()
	later := map[string]bool{}
	for n := len(ids) - 1; n >= 0; n-- {
		r, err := s.record(ctx, workspace, ids[n])
		if err != nil {
			return nil, err
		}
		for _, address := range append(slices.Clone(r.Past), r.Email) {
			address = strings.ToLower(address)
			if address == "" || later[address] {
				continue
			}
			later[address] = true
			if ids[n] != id {
				continue
			}
			theirs, err := s.theirs(ctx, workspace, address, ids)
			if err != nil {
				return nil, err
			}
			if theirs {
				all = append(all, address)
			}
		}
		if ids[n] == id {
			break
		}
	}
	return all, nil
}

// theirs reports whether nobody but who has one of ids claims an address.
func (s *Service) theirs(ctx context.Context, workspace, address string, ids []string) (bool, error) {
	it, err := s.Table.Get(ctx, emailKey(workspace, address))
	if fault.KindOf(err) == fault.NotFound {
		return true, nil
	}
	return err == nil && slices.Contains(ids, pointed(it)), err
}

// maxPast is how many addresses that a person had are remembered.
const maxPast = 10

// moved remembers the address that p had, if they have another now.
func (p *Person) moved(was *Person) {
	if was.Email == "" || !p.AnonymisedAt.IsZero() {
		return
	}
	p.Past = slices.DeleteFunc(p.Past, func(a string) bool { return strings.EqualFold(a, was.Email) || strings.EqualFold(a, p.Email) })
	p.Past = append(p.Past, was.Email)
	p.Past = p.Past[max(0, len(p.Past)-maxPast):]
}
