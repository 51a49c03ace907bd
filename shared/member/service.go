package member

import (
	"context"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/identity"
	"motorpool/shared/letter"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
)

// People knows who somebody is. identity.Service is one.
type People interface {
	Ensure(ctx context.Context, email, name string, at time.Time) (*identity.Identity, error)
	LinkOp(p identity.Purpose, i *identity.Identity, workspace string, at time.Time) (token string, op table.Op, err error)
}

// Letters asks for an e-mail in the write that makes it needed. letter.Service is one.
type Letters interface {
	Write(ctx context.Context, workspace string, l letter.Letter) (table.Op, error)
}

// Locations knows the workspace's locations.
type Locations interface {
	// Refer returns the op that fails unless the location is there and active, or
	// fault.NotFound if the actor does not work there.
	Refer(ctx context.Context, actor access.Actor, location string) (table.Op, error)
}

// Keys ends what programs come in with. apikey.Service is one.
type Keys interface {
	RevokeOf(ctx context.Context, actor access.Actor, user string, at time.Time) error
}

// Service is what the rest of the product may ask.
type Service struct {
	Table     table.Table
	NewID     ident.Source
	Events    *outbox.Service
	Audit     *audit.Service
	People    People
	Letters   Letters
	Locations Locations // nil while there are none: then only the form of ids is checked
	Keys      Keys
	Work      []Work // what can be assigned to people
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 12

// resendAfter is how long to wait before an invitation is sent once more.
const resendAfter = time.Minute

// Invite asks a person to work here. Somebody who signs in to Motorpool already
// is a member at once; anybody else when they follow the link they are sent.
func (s *Service) Invite(ctx context.Context, actor access.Actor, email string, d Details, at time.Time) (m *Member, err error) {
	if email, err = checkedEmail(email); err != nil {
		return nil, err
	}
	if d, err = d.checked(); err != nil {
		return nil, err
	}
	err = table.Again(ctx, tries, func() error {
		m, err = s.invite(ctx, actor, email, d, at)
		return err
	})
	return m, err
}

func (s *Service) invite(ctx context.Context, actor access.Actor, email string, d Details, at time.Time) (*Member, error) {
	r, err := s.giveable(ctx, actor, d)
	if err != nil {
		return nil, err
	}
	if there, err := s.byEmail(ctx, actor.Workspace, email); err == nil {
		return nil, fault.New(fault.Conflict, "user.exists", "%s is a user of this workspace already.", there.Email).At("email")
	} else if fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	i, err := s.People.Ensure(ctx, email, d.Name, at)
	if err != nil {
		return nil, err
	}
	if !i.Proven.IsZero() {
		m := invite(i.ID, actor.Workspace, i.Email, d, "", at)
		if err := m.Accept(at); err != nil {
			return nil, err
		}
		return m, s.save(ctx, actor, m, r, letter.Letter{Kind: letter.Joined, Link: "/"})
	}
	token, link, err := s.People.LinkOp(identity.Invite, i, actor.Workspace, at)
	if err != nil {
		return nil, err
	}
	m := invite(i.ID, actor.Workspace, i.Email, d, ident.Hash(token), at)
	return m, s.save(ctx, actor, m, r, letter.Letter{Kind: letter.Invitation, Link: invitationPath + token, Expires: at.Add(InvitationLasts)}, link)
}

const invitationPath = "/invitation/"

// Found makes sure that a person is an active Admin of a workspace, for who
// runs the product: they let the first one in, and any other who is locked out.
func (s *Service) Found(ctx context.Context, workspace, email, name string, at time.Time) (m *Member, err error) {
	if email, err = checkedEmail(email); err != nil {
		return nil, err
	}
	system := access.System(workspace)
	err = table.Again(ctx, tries, func() error {
		m, err = s.byEmail(ctx, workspace, email)
		if fault.KindOf(err) == fault.NotFound {
			i, err := s.People.Ensure(ctx, email, name, at)
			if err != nil {
				return err
			}
			m = invite(i.ID, workspace, i.Email, Details{Name: i.Name, Role: Admin}, "", at)
		} else if err != nil {
			return err
		}
		if m.State != Active {
			if err := m.change(at, func() error { m.State, m.Disabled = Active, time.Time{}; m.Activated = at; return nil }); err != nil {
				return err
			}
		}
		m.Describe(Details{Name: m.Name, Role: Admin, DefaultLocation: m.DefaultLocation}, at)
		return s.save(ctx, system, m, admin(workspace), letter.Letter{})
	})
	return m, err
}

// Resend sends an invitation again, with a new link; the one before works no more.
func (s *Service) Resend(ctx context.Context, actor access.Actor, id string, at time.Time) (*Member, error) {
	return s.change(ctx, actor, id, 0, func(m *Member, c *change) error {
		if m.State == Invited && at.Sub(m.Invited) < resendAfter {
			e := fault.New(fault.TooMany, "user.resent", "This invitation has just been sent. Wait a minute before you send it again.")
			e.After = resendAfter - at.Sub(m.Invited)
			return e
		}
		i, err := s.People.Ensure(ctx, m.Email, m.Name, at)
		if err != nil {
			return err
		}
		token, link, err := s.People.LinkOp(identity.Invite, i, m.Workspace, at)
		if err != nil {
			return err
		}
		c.action, c.also = "user.invitation_resent", []table.Op{link}
		c.letter = letter.Letter{Kind: letter.Invitation, Link: invitationPath + token, Expires: at.Add(InvitationLasts)}
		return m.invitedAgain(ident.Hash(token), at)
	})
}

// Revoke takes an invitation back: its link works no more, and nothing is left
// of it but the audit log.
func (s *Service) Revoke(ctx context.Context, actor access.Actor, id string, at time.Time) error {
	return table.Again(ctx, tries, func() error {
		m, err := s.changeable(ctx, actor, id)
		if err != nil {
			return err
		}
		if m.State != Invited {
			return fault.New(fault.Conflict, "user."+string(m.State), "This user is %s. Only an invitation that waits can be revoked; disable the user instead.", m.State)
		}
		return s.remove(ctx, actor, m, at)
	})
}

// Edit changes the details of a member, under the terms of ifVersion: the
// version that the change is meant for; zero means any.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, edit func(*Details) error, ifVersion int64, at time.Time) (*Member, error) {
	return s.change(ctx, actor, id, ifVersion, func(m *Member, c *change) error {
		d := m.Details
		d.Locations = slices.Clone(d.Locations)
		if err := edit(&d); err != nil {
			return err
		}
		d, err := d.checked()
		if err != nil {
			return err
		}
		if c.role, err = s.giveable(ctx, actor, d); err != nil {
			return err
		}
		m.Describe(d, at)
		return nil
	})
}

// Disable keeps a member out of this workspace: from the moment it returns,
// their sessions here and the keys that they made are dead, for good.
func (s *Service) Disable(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Member, error) {
	if id == actor.ID {
		return nil, fault.New(fault.Conflict, "user.self", "You cannot disable yourself. Ask another Admin.")
	}
	m, err := s.change(ctx, actor, id, ifVersion, func(m *Member, _ *change) error {
		if m.State == Disabled {
			return nil
		}
		return m.Disable(at)
	})
	if err != nil || s.Keys == nil {
		return m, err
	}
	return m, s.Keys.RevokeOf(ctx, actor, id, at) // they are dead already; now the list says so
}

// Enable lets a disabled member in again, to sign in anew.
func (s *Service) Enable(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Member, error) {
	return s.change(ctx, actor, id, ifVersion, func(m *Member, _ *change) error {
		if m.State == Active {
			return nil
		}
		return m.Enable(at)
	})
}

// Rename is how people change what they themselves are called here.
func (s *Service) Rename(ctx context.Context, actor access.Actor, name string, at time.Time) (*Member, error) {
	return s.mine(ctx, actor, actor.ID, func(m *Member) error {
		d := m.Details
		d.Name = name
		d, err := d.checked()
		if err == nil {
			m.Describe(d, at)
		}
		return err
	})
}

// Accept makes an invited person a member. token is what the latest invitation
// was sent with; fault.Unauthenticated if it is another, or none waits any
// more. Accepting again with the same token changes nothing.
func (s *Service) Accept(ctx context.Context, workspace, email, token string, at time.Time) error {
	spent := fault.New(fault.Unauthenticated, "auth.link", "This invitation has been withdrawn or replaced by a newer one. Ask whoever invited you.")
	m, err := s.byEmail(ctx, workspace, email)
	if err == nil {
		_, err = s.mine(ctx, access.Actor{Kind: "user", ID: m.ID, Workspace: workspace}, m.ID, func(m *Member) error {
			switch {
			case m.Invitation != ident.Hash(token) || m.State == Disabled:
				return spent
			case m.State == Active:
				return nil
			}
			return m.Accept(at)
		})
	}
	if fault.KindOf(err) == fault.NotFound {
		return spent.Because(err)
	}
	return err
}

// mine changes a member on their own behalf.
func (s *Service) mine(ctx context.Context, actor access.Actor, id string, verb func(*Member) error) (m *Member, err error) {
	err = table.Again(ctx, tries, func() error {
		if m, err = s.load(ctx, actor.Workspace, id); err != nil {
			return err
		}
		actor.Name = m.Name
		if err := verb(m); err != nil {
			return err
		}
		return s.save(ctx, actor, m, nil, letter.Letter{})
	})
	return m, err
}

// A change is what a verb wants to be written along.
type change struct {
	role   *Role // if it is newly held
	letter letter.Letter
	action string // for the audit log, where no event says it
	also   []table.Op
}

// change loads a member whom the actor may change, lets verb do so, and saves.
func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, verb func(*Member, *change) error) (m *Member, err error) {
	err = table.Again(ctx, tries, func() error {
		if m, err = s.changeable(ctx, actor, id); err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != m.Version {
			return fault.New(fault.Stale, "user.stale", "This user has changed: it is at version %d, not %d. Load it again and decide anew.", m.Version, ifVersion)
		}
		c := &change{}
		if err := verb(m, c); err != nil {
			return err
		}
		return s.saveAs(ctx, actor, m, c)
	})
	return m, err
}
