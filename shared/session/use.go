package session

import (
	"context"
	"errors"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Authenticate returns the actor whose session token is, in the workspace that
// the session is in, and notes, now and then, that it is in use. It returns one
// and the same fault.Unauthenticated for every session that is not (or no
// longer) there, and others, with codes of their own, for one that is in no
// workspace, or in one that wants a code of its owner's phone.
func (s *Service) Authenticate(ctx context.Context, token string, at time.Time) (access.Actor, error) {
	ses, it, err := s.lasting(ctx, token, at)
	if err != nil {
		return access.Actor{}, err
	}
	if ses.Workspace == "" {
		return access.Actor{}, nowhere(nil)
	}
	actor, err := s.Members.Member(ctx, ses.Workspace, ses.User, ses.Entered)
	if fault.KindOf(err) == fault.Denied {
		return access.Actor{}, nowhere(err)
	}
	if err != nil {
		return access.Actor{}, err
	}
	if s.Strict != nil && !ses.Strong {
		strict, err := s.Strict(ctx, ses.Workspace)
		if err != nil {
			return access.Actor{}, err
		}
		if strict {
			return access.Actor{}, fault.New(fault.Unauthenticated, NeedsPhone, "This workspace asks for a code of your phone.")
		}
	}
	if at.Sub(ses.Seen) >= noteEvery {
		s.seen(ctx, ses, it, at)
		s.visited(ctx, ses, at)
	}
	return actor, nil
}

// Who returns a session, in a workspace or not, for its owner's own affairs.
func (s *Service) Who(ctx context.Context, token string, at time.Time) (Session, error) {
	ses, it, err := s.lasting(ctx, token, at)
	if err == nil && at.Sub(ses.Seen) >= noteEvery {
		s.seen(ctx, ses, it, at)
	}
	return ses, err
}

// lasting returns a session that has not ended.
func (s *Service) lasting(ctx context.Context, token string, at time.Time) (Session, table.Item, error) {
	ses, it, err := s.open(ctx, token)
	if err == nil && !at.Before(ses.Ends()) {
		err = ended(nil)
	}
	if err != nil {
		return Session{}, table.Item{}, err
	}
	return ses, it, nil
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

// visited notes who is at work where. That is a courtesy to their colleagues:
// nobody is kept out because it failed.
func (s *Service) visited(ctx context.Context, ses Session, at time.Time) {
	_ = s.Members.Seen(ctx, ses.Workspace, ses.User, at)
}

// List returns the sessions of somebody that have not ended, oldest first.
func (s *Service) List(ctx context.Context, identity string, at time.Time) (all []Session, err error) {
	err = s.each(ctx, identity, func(place table.Item) error {
		ses, _, err := s.behind(ctx, place)
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		if err == nil && at.Before(ses.Ends()) {
			all = append(all, ses)
		}
		return err
	})
	return all, err
}

// End ends one session of somebody. One that is not theirs is fault.NotFound.
func (s *Service) End(ctx context.Context, identity, id string) error {
	none := fault.New(fault.NotFound, "session.not_found", "There is no such session.")
	if !isName(identity) || !isName(id) {
		return none
	}
	place, err := s.Table.Get(ctx, pointerKey(&Session{ID: id, Identity: identity}))
	if fault.KindOf(err) == fault.NotFound {
		return none.Because(err)
	}
	if err != nil {
		return err
	}
	return s.end(ctx, place)
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

// EndAll ends every session of somebody but the one with the id but; empty: all.
func (s *Service) EndAll(ctx context.Context, identity, but string) error {
	return s.each(ctx, identity, func(place table.Item) error {
		if place.Key.SK == pointerPrefix+but {
			return nil
		}
		return s.end(ctx, place)
	})
}

func (s *Service) each(ctx context.Context, identity string, do func(place table.Item) error) error {
	if !isName(identity) {
		return nil
	}
	for q := (table.Query{PK: userPartition(identity), Prefix: pointerPrefix}); ; {
		page, err := s.Table.Query(ctx, q)
		if err != nil {
			return err
		}
		for _, it := range page.Items {
			if err := do(it); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.After = page.Next
	}
}
