package person

import (
	"cmp"
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

const maxMerged = 50 // duplicates of one person

// Merge makes one person of two: id leads to into from now on, what was known
// of one alone is known of the other, and what contradicts is kept under the
// old id, with its history. It is one write: it happens or it does not. Followers
// are told afterwards.
func (s *Service) Merge(ctx context.Context, actor access.Actor, id, into string, ifVersion int64, at time.Time) (*Person, error) {
	for try := 1; ; try++ {
		from, err := s.load(ctx, actor.Workspace, id)
		if err != nil {
			return nil, err
		}
		if err := unchanged(from.Version, ifVersion); err != nil {
			return nil, err
		}
		to, err := s.aim(ctx, from, into)
		if err == nil && to.ID == from.ID {
			return s.followed(ctx, actor, id, to, at)
		}
		if err != nil {
			return nil, err
		}
		if err := to.absorb(from, at); err != nil {
			return nil, err
		}
		err = s.saveMerged(ctx, actor, from, to)
		if err == nil {
			return to, s.follow(ctx, actor, from.ID, to, at)
		}
		if try == tries || !overtaken(err, personKey(from.Workspace, from.ID), personKey(to.Workspace, to.ID)) {
			return nil, err
		}
	}
}

// aim reads the one into whom from is merged.
func (s *Service) aim(ctx context.Context, from *Person, into string) (*Person, error) {
	to, err := s.load(ctx, from.Workspace, into)
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Invalid, "person.into", "There is no such person to merge into. Give their id: per_…").At("into")
	}
	return to, err
}

// followed answers who merges what is one person already: what was broken off
// after the merge is made good, and it is refused all the same.
func (s *Service) followed(ctx context.Context, actor access.Actor, id string, to *Person, at time.Time) (*Person, error) {
	if id != to.ID {
		if err := s.follow(ctx, actor, id, to, at); err != nil {
			return nil, err
		}
	}
	return nil, fault.New(fault.Invalid, "person.into", "These are one person already.").At("into")
}

func (s *Service) follow(ctx context.Context, actor access.Actor, from string, to *Person, at time.Time) error {
	for _, f := range s.Followers {
		if err := f.Follow(ctx, actor, from, to.ID, at); err != nil {
			return err
		}
	}
	return nil
}

// absorb makes p what both were, and from the record of what it was.
func (p *Person) absorb(from *Person, at time.Time) error {
	if err := cmp.Or(p.kept(), from.kept()); err != nil {
		return err
	}
	if len(p.Contacts)+len(from.Contacts) > maxContacts {
		return fault.New(fault.Conflict, "contact.too_many", "Together they have %d contacts, and a person has at most %d. Remove some first.", len(p.Contacts)+len(from.Contacts), maxContacts)
	}
	if len(p.MergedFrom)+len(from.MergedFrom) >= maxMerged {
		return fault.New(fault.Conflict, "person.too_many", "At most %d duplicates can be merged into one person.", maxMerged)
	}
	was := p.snapshot()
	p.fill(from)
	p.Contacts = slices.Concat(p.Contacts, from.Contacts)
	p.MergedFrom = slices.Concat(p.MergedFrom, from.MergedFrom, []string{from.ID})
	if p.Block == nil && from.Block != nil {
		moved := *from.Block
		p.Block = &moved
	}
	is, previous, names := p.changed(was, at)
	p.tell(events.PersonMerged{Object: is, Previous: previous, Personal: names, Duplicate: from.ID})
	from.MergedInto, from.Updated, from.Version = p.ID, at, from.Version+1
	return nil
}

// fill takes from another what is not known of p.
func (p *Person) fill(from *Person) {
	for _, f := range []struct{ to, from *string }{
		{&p.GivenName, &from.GivenName},
		{&p.MiddleNames, &from.MiddleNames},
		{&p.FamilyName, &from.FamilyName},
		{&p.PreferredName, &from.PreferredName},
		{&p.Email, &from.Email},
		{&p.Mobile, &from.Mobile},
		{&p.TimeZone, &from.TimeZone},
		{&p.TaxID, &from.TaxID},
		{&p.Language, &from.Language},
	} {
		*f.to = cmp.Or(*f.to, *f.from)
	}
	p.BirthDate = cmp.Or(p.BirthDate, from.BirthDate)
	p.ResidentialAddress = cmp.Or(p.ResidentialAddress, from.ResidentialAddress)
	p.BillingAddress = cmp.Or(p.BillingAddress, from.BillingAddress)
	if p.PaymentTermsDays == nil {
		p.PaymentTermsDays = from.PaymentTermsDays
	}
	if from.MarketingConsent.At.After(p.MarketingConsent.At) {
		p.MarketingConsent = from.MarketingConsent // the later answer counts
	}
	for _, tag := range from.Tags {
		if !slices.Contains(p.Tags, tag) && len(p.Tags) < maxTags {
			p.Tags = append(p.Tags, tag)
		}
	}
	if notes := p.Notes + "\n\n" + from.Notes; p.Notes == "" || from.Notes == "" {
		p.Notes += from.Notes
	} else if utf8.RuneCountInString(notes) <= 5000 {
		p.Notes = notes
	}
}

// saveMerged writes both at once. The block of the one who goes is closed, and
// goes on as one of the person it came to.
func (s *Service) saveMerged(ctx context.Context, actor access.Actor, from, to *Person) error {
	ops, err := s.moveBlock(actor, from, to)
	if err != nil {
		return err
	}
	from.Block = nil
	ops = append(ops, repoint([]*Person{to.was, from.was}, to)...)
	for _, p := range []*Person{from, to} {
		op, err := p.put()
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	told, err := s.tellOps(ctx, actor, to.story())
	if err != nil {
		return err
	}
	left := from.story()
	left.action, left.to = "person.merged", nil
	noted, err := s.tellOps(ctx, actor, left)
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, slices.Concat(ops, told, noted)...)
}

func (s *Service) moveBlock(actor access.Actor, from, to *Person) ([]table.Op, error) {
	if from.Block == nil {
		return nil, nil
	}
	closed := *from.Block
	closed.LiftedBy, closed.LiftedAt, closed.LiftNote = &actor, from.Updated, "Merged into "+to.ID+", who is blocked."
	shut, err := blockOp(from, &closed, 1)
	if err != nil || to.was.Block != nil {
		return []table.Op{shut}, err
	}
	to.Block.Ref = ident.Suffix(s.NewID("blk"))
	moved, err := blockOp(to, to.Block, 0)
	return []table.Op{shut, moved}, err
}
