package session

import (
	"context"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/identity"
	"motorpool/shared/table"
)

// Members knows who works where. member.Service is one.
type Members interface {
	// Member returns what somebody may do in a workspace that they went into at
	// an instant, or fault.Denied if they may no longer be there.
	Member(ctx context.Context, workspace, user string, since time.Time) (access.Actor, error)

	// Places returns where somebody with this address works: Workspace, and ID
	// as who they do.
	Places(ctx context.Context, email string) ([]access.Actor, error)

	// Seen notes that somebody is at work in a workspace.
	Seen(ctx context.Context, workspace, user string, at time.Time) error

	// Accept makes an invited person a member, or returns fault.Unauthenticated.
	Accept(ctx context.Context, workspace, email, token string, at time.Time) error
}

// People knows who somebody is. identity.Service is one.
type People interface {
	Load(ctx context.Context, id string) (*identity.Identity, error)
	Password(ctx context.Context, email, plain string, at time.Time) (*identity.Identity, error)
	Code(ctx context.Context, id, code string, at time.Time) error
	NewLink(ctx context.Context, p identity.Purpose, id, workspace string, at time.Time) (string, error)
	Look(ctx context.Context, p identity.Purpose, token string, at time.Time) (identity.Link, error)
	Redeem(ctx context.Context, p identity.Purpose, token string, at time.Time) (identity.Link, error)
	RedeemWith(ctx context.Context, p identity.Purpose, token, plain string, at time.Time) (identity.Link, error)
	Entered(ctx context.Context, id, workspace string) error
}

// Service is what the rest of the product may ask.
type Service struct {
	Table   table.Table
	NewID   ident.Source
	Secret  func() string // 26 characters that nobody can guess: ident.Secret
	People  People
	Members Members
	Strict  func(ctx context.Context, workspace string) (bool, error) // whether who works there needs a phone; nil: nowhere
}

// Password signs in with an address and a password, under the terms of
// identity.Service.Password.
func (s *Service) Password(ctx context.Context, email, plain string, from Browser, at time.Time) (Step, error) {
	i, err := s.People.Password(ctx, email, plain, at)
	if err != nil {
		return Step{}, err
	}
	return s.arrive(ctx, i.ID, "", from, at)
}

// SignIn exchanges a sign-in link's token for a session. It returns
// fault.Unauthenticated if the link is unknown, used or too old: of several who
// come with the same link at once, one is let in.
func (s *Service) SignIn(ctx context.Context, token string, from Browser, at time.Time) (Step, error) {
	l, err := s.People.Redeem(ctx, identity.SignIn, token, at)
	if err != nil {
		return Step{}, err
	}
	return s.arrive(ctx, l.Identity, l.Workspace, from, at)
}

// Accept takes up an invitation, and sets the first password of somebody who
// has none.
func (s *Service) Accept(ctx context.Context, token, plain string, from Browser, at time.Time) (Step, error) {
	l, err := s.People.Look(ctx, identity.Invite, token, at)
	if err != nil {
		return Step{}, err
	}
	i, err := s.People.Load(ctx, l.Identity)
	if err != nil {
		return Step{}, err
	}
	if !i.HasPassword() {
		if err := identity.CheckPassword(plain, i.Email); err != nil {
			return Step{}, err
		}
	}
	if err := s.Members.Accept(ctx, l.Workspace, i.Email, token, at); err != nil {
		return Step{}, err
	}
	if i.HasPassword() {
		_, err = s.People.Redeem(ctx, identity.Invite, token, at)
	} else {
		_, err = s.People.RedeemWith(ctx, identity.Invite, token, plain, at)
	}
	if err != nil {
		return Step{}, err
	}
	return s.arrive(ctx, i.ID, l.Workspace, from, at)
}

// Reset sets a new password by a link that was sent for it, and ends every
// session there was. Whose phone makes codes still has to give one.
func (s *Service) Reset(ctx context.Context, token, plain string, from Browser, at time.Time) (Step, error) {
	l, err := s.People.RedeemWith(ctx, identity.Reset, token, plain, at)
	if err != nil {
		return Step{}, err
	}
	if err := s.EndAll(ctx, l.Identity, ""); err != nil {
		return Step{}, err
	}
	return s.arrive(ctx, l.Identity, "", from, at)
}

// Code goes on from a Step that needs a code of the phone, or a recovery code.
// Wrong ones count towards the lock; the ticket works once.
func (s *Service) Code(ctx context.Context, ticket, code string, from Browser, at time.Time) (Step, error) {
	l, err := s.People.Look(ctx, identity.Second, ticket, at)
	if err != nil {
		return Step{}, err
	}
	if err := s.People.Code(ctx, l.Identity, code, at); err != nil {
		return Step{}, err
	}
	if l, err = s.People.Redeem(ctx, identity.Second, ticket, at); err != nil {
		return Step{}, err
	}
	i, err := s.People.Load(ctx, l.Identity)
	if err != nil {
		return Step{}, err
	}
	return s.begin(ctx, i, l.Workspace, true, from, at)
}

// arrive goes on with somebody who has proved one thing.
func (s *Service) arrive(ctx context.Context, id, workspace string, from Browser, at time.Time) (Step, error) {
	i, err := s.People.Load(ctx, id)
	if err != nil {
		return Step{}, err
	}
	if i.NeedsCode() {
		ticket, err := s.People.NewLink(ctx, identity.Second, id, workspace, at)
		return Step{Ticket: ticket}, err
	}
	return s.begin(ctx, i, workspace, false, from, at)
}

// begin opens a session: in the workspace that is wanted, or in the only one
// there is, or in none.
func (s *Service) begin(ctx context.Context, i *identity.Identity, workspace string, strong bool, from Browser, at time.Time) (Step, error) {
	places, err := s.Members.Places(ctx, i.Email)
	if err != nil {
		return Step{}, err
	}
	from.Device = from.Device[:min(len(from.Device), maxDevice)]
	ses := Session{ID: s.NewID("ses"), Identity: i.ID, Email: i.Email, Strong: strong, Created: at, Seen: at, Browser: from}
	for _, p := range places {
		if p.Workspace == workspace || len(places) == 1 {
			ses.Workspace, ses.User, ses.Entered = p.Workspace, p.ID, at
		}
	}
	token := s.Secret()
	ops, err := opening(&ses, token)
	if err != nil {
		return Step{}, err
	}
	if err := s.Table.Write(ctx, ops...); err != nil {
		return Step{}, err
	}
	return Step{Token: token, Session: ses}, s.remember(ctx, ses)
}

const maxDevice = 200

func (s *Service) remember(ctx context.Context, ses Session) error {
	if ses.Workspace == "" {
		return nil
	}
	s.visited(ctx, ses, ses.Entered)
	return s.People.Entered(ctx, ses.Identity, ses.Workspace)
}

// Enter takes a session into a workspace in which its owner works. It has
// another token from then on; the one it had is worth nothing any more. A
// workspace that they do not work in is fault.NotFound.
func (s *Service) Enter(ctx context.Context, token, workspace string, at time.Time) (string, Session, error) {
	next, ses, err := s.renew(ctx, token, at, func(ses *Session) error {
		places, err := s.Members.Places(ctx, ses.Email)
		if err != nil {
			return err
		}
		for _, p := range places {
			if p.Workspace == workspace {
				ses.Workspace, ses.User, ses.Entered, ses.Seen = p.Workspace, p.ID, at, at
				return nil
			}
		}
		return fault.New(fault.NotFound, "workspace.not_found", "There is no such workspace.")
	})
	if err != nil {
		return "", ses, err
	}
	return next, ses, s.remember(ctx, ses)
}

// Renew gives a session another token, because what it may do has changed: its
// owner has a new password or, if strong, has given a code of their phone. Who
// says so has checked it. The token from before is worth nothing any more.
func (s *Service) Renew(ctx context.Context, token string, strong bool, at time.Time) (string, Session, error) {
	return s.renew(ctx, token, at, func(ses *Session) error {
		ses.Strong = ses.Strong || strong
		return nil
	})
}

// renew changes a session and gives it another token, in one write.
func (s *Service) renew(ctx context.Context, token string, at time.Time, change func(*Session) error) (next string, ses Session, err error) {
	err = table.Again(ctx, tries, func() error {
		var it table.Item
		if ses, it, err = s.lasting(ctx, token, at); err != nil {
			return err
		}
		if err := change(&ses); err != nil {
			return err
		}
		next = s.Secret()
		ops, err := s.moving(ctx, &ses, next, it)
		if err != nil {
			return err
		}
		return s.Table.Write(ctx, ops...) // who loses the race looks again: it may have ended
	})
	if err != nil {
		return "", ses, err
	}
	return next, ses, nil
}

// tries is how often a session is changed again that somebody else has just changed.
const tries = 8

// Places returns where the owner of a session works.
func (s *Service) Places(ctx context.Context, ses Session) ([]access.Actor, error) {
	return s.Members.Places(ctx, ses.Email)
}
