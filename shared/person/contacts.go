package person

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/table"
)

// AddContact adds a contact to a person and returns both.
func (s *Service) AddContact(ctx context.Context, actor access.Actor, id string, d PersonContactDetails, ifVersion int64, at time.Time) (*Person, string, error) {
	country, err := s.country(ctx, actor.Workspace)
	if err != nil {
		return nil, "", err
	}
	contact := s.NewID("con")
	p, err := s.change(ctx, actor, id, ifVersion, func(p *Person) ([]table.Op, error) {
		return nil, p.addContact(contact, d, country, at)
	})
	return p, contact, err
}

// EditContact changes what is said of a contact, as Edit does of a person.
func (s *Service) EditContact(ctx context.Context, actor access.Actor, id, contact string, edit func(*PersonContactDetails) error, ifVersion int64, at time.Time) (*Person, error) {
	country, err := s.country(ctx, actor.Workspace)
	if err != nil {
		return nil, err
	}
	return s.change(ctx, actor, id, ifVersion, func(p *Person) ([]table.Op, error) {
		return nil, p.editContact(contact, edit, country, at)
	})
}

// RemoveContact takes a contact from a person.
func (s *Service) RemoveContact(ctx context.Context, actor access.Actor, id, contact string, ifVersion int64, at time.Time) (*Person, error) {
	return s.change(ctx, actor, id, ifVersion, func(p *Person) ([]table.Op, error) { return nil, p.removeContact(contact, at) })
}

// VerifyContact notes that the actor has checked a contact.
func (s *Service) VerifyContact(ctx context.Context, actor access.Actor, id, contact string, ifVersion int64, at time.Time) (*Person, error) {
	return s.change(ctx, actor, id, ifVersion, func(p *Person) ([]table.Op, error) { return nil, p.verifyContact(contact, actor, at) })
}
