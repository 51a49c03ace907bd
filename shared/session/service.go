package session

import (
	"context"
	"errors"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Members knows what a user is called and may do in a workspace. It returns
// fault.Denied for somebody who may no longer enter.
type Members interface {
	Member(ctx context.Context, workspace, user string) (access.Actor, error)
}

// Owner is the person whom Owners know, and who signs in by the links that the
// machine prints and the operator's Lambda gives.
const Owner = "usr_owner"

// Owners are Members of whom everybody may do everything: until a workspace has
// users with roles, whoever holds a sign-in link is its owner.
type Owners struct{}

// Member returns an actor with every grant.
func (Owners) Member(_ context.Context, workspace, user string) (access.Actor, error) {
	return access.Actor{Kind: "user", ID: user, Name: "Owner", Workspace: workspace, Grants: access.All()}, nil
}

// Service is what the rest of the product may ask.
type Service struct {
	Table   table.Table
	NewID   ident.Source
	Secret  func() string // 26 characters that nobody can guess: ident.Secret
	Members Members
}

// NewLink returns the token of a link that signs user in to workspace, once,
// within LinkLasts.
func (s *Service) NewLink(ctx context.Context, workspace, user string, at time.Time) (string, error) {
	if !isName(workspace) || !isName(user) {
		return "", fault.New(fault.Invalid, "session.user", "A sign-in link needs a workspace and a user.")
	}
	token := s.Secret()
	it, err := linkItem(token, link{workspace, user, at.Add(LinkLasts)})
	if err != nil {
		return "", err
	}
	return token, s.Table.Write(ctx, table.Put(it))
}

// SignIn exchanges a link's token for a session. It returns
// fault.Unauthenticated if the link is unknown, used or too old: of several who
// come with the same link at once, one is let in.
func (s *Service) SignIn(ctx context.Context, linkToken string, at time.Time) (token string, ses Session, err error) {
	l, it, err := s.link(ctx, linkToken)
	if err != nil {
		return "", Session{}, err
	}
	if !at.Before(l.Expires) {
		return "", Session{}, spent(nil)
	}
	if _, err := s.Members.Member(ctx, l.Workspace, l.User); err != nil {
		return "", Session{}, err
	}
	token = s.Secret()
	ses = Session{ID: s.NewID("ses"), Workspace: l.Workspace, User: l.User, Created: at, Seen: at}
	ops, err := opening(&ses, token)
	if err != nil {
		return "", Session{}, err
	}
	err = s.Table.Write(ctx, append(ops, table.Delete(it.Key, it.Version))...)
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return "", Session{}, spent(err)
	}
	if err != nil {
		return "", Session{}, err
	}
	return token, ses, nil
}

// Authenticate returns the actor whose session token is, and notes, now and
// then, that the session is in use. It returns one and the same
// fault.Unauthenticated for every session that is not (or no longer) there.
func (s *Service) Authenticate(ctx context.Context, token string, at time.Time) (access.Actor, error) {
	ses, it, err := s.open(ctx, token)
	if err != nil {
		return access.Actor{}, err
	}
	if !at.Before(ses.Ends()) {
		return access.Actor{}, ended(nil)
	}
	actor, err := s.Members.Member(ctx, ses.Workspace, ses.User)
	if fault.KindOf(err) == fault.Denied {
		return access.Actor{}, ended(err)
	}
	if err != nil {
		return access.Actor{}, err
	}
	if at.Sub(ses.Seen) >= noteEvery {
		s.seen(ctx, ses, it, at)
	}
	return actor, nil
}

// seen lengthens a session. Who loses the race is let in all the same: somebody
// else has lengthened it, or ended it for the requests that come after this one.
func (s *Service) seen(ctx context.Context, ses Session, it table.Item, at time.Time) {
	ses.Seen = at
	if next, err := sessionItem(it.Key, &ses); err == nil {
		next.Version = it.Version
		_ = s.Table.Write(ctx, table.Put(next))
	}
}

// SignOut ends a session. An unknown one has ended already.
func (s *Service) SignOut(ctx context.Context, token string) error {
	for {
		ses, it, err := s.open(ctx, token)
		if fault.KindOf(err) == fault.Unauthenticated {
			return nil
		}
		if err != nil {
			return err
		}
		err = s.Table.Write(ctx, s.closing(ctx, ses, it)...)
		if _, raced := errors.AsType[*table.Conflict](err); raced {
			continue // lengthened or ended in between
		}
		return err
	}
}

// EndAll ends every session of a user in a workspace.
func (s *Service) EndAll(ctx context.Context, workspace, user string) error {
	if !isName(workspace) || !isName(user) {
		return nil
	}
	for q := (table.Query{PK: userPartition(workspace, user), Prefix: pointerPrefix}); ; {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			if err := s.end(ctx, it); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.After = page.Next
	}
}

func ended(cause error) error {
	return fault.New(fault.Unauthenticated, "auth.session", "You are signed out. Sign in again.").Because(cause)
}

func spent(cause error) error {
	return fault.New(fault.Unauthenticated, "auth.link", "This sign-in link has been used or has expired. Ask for a new one.").Because(cause)
}
