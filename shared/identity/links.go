package identity

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Purpose is what a link is for. A link for one purpose is none for another.
type Purpose string

// The purposes there are, and how long their links work.
const (
	SignIn Purpose = "sign_in" // 60 minutes
	Reset  Purpose = "reset"   // 60 minutes, and until the password is set
	Invite Purpose = "invite"  // 7 days
	Second Purpose = "second"  // 10 minutes: between the password and the code of the phone
)

var lasts = map[Purpose]time.Duration{SignIn: time.Hour, Reset: time.Hour, Invite: 7 * 24 * time.Hour, Second: 10 * time.Minute}

// Link is what a token stands for.
type Link struct {
	Purpose   Purpose   `json:"purpose"`
	Identity  string    `json:"identity"`
	Workspace string    `json:"workspace,omitempty"` // into which it leads
	Passwords int       `json:"passwords,omitempty"` // that the identity had had when it was made
	Expires   time.Time `json:"expires_at"`
}

// NewLink returns the token of a link for an identity, which works once.
func (s *Service) NewLink(ctx context.Context, p Purpose, id, workspace string, at time.Time) (string, error) {
	i, err := s.Load(ctx, id)
	if err != nil {
		return "", err
	}
	token, op, err := s.LinkOp(p, i, workspace, at)
	if err != nil {
		return "", err
	}
	return token, s.Table.Write(ctx, op)
}

// LinkOp returns the token of a new link, and the op that makes it work: for who
// writes it together with what it is for.
func (s *Service) LinkOp(p Purpose, i *Identity, workspace string, at time.Time) (string, table.Op, error) {
	token := s.Secret()
	l := Link{p, i.ID, workspace, i.Passwords, at.Add(lasts[p])}
	doc, err := json.Marshal(l)
	return token, table.Put(table.Item{Key: linkKey(token), Expires: l.Expires, Doc: doc}), err
}

// Look says what a token stands for without using it up: programs follow links
// in e-mail before people do. It returns fault.Unauthenticated for one that is
// unknown, used, too old or for another purpose.
func (s *Service) Look(ctx context.Context, p Purpose, token string, at time.Time) (Link, error) {
	l, _, err := s.link(ctx, p, token, at)
	return l, err
}

// Redeem uses a token up: of several who come with it at once, one is let in.
// Following a link that was sent to an address proves the address.
func (s *Service) Redeem(ctx context.Context, p Purpose, token string, at time.Time) (Link, error) {
	l, it, err := s.link(ctx, p, token, at)
	if err != nil {
		return Link{}, err
	}
	err = s.Table.Write(ctx, table.Delete(it.Key, it.Version))
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return Link{}, spent(err)
	}
	if err == nil && p != Second {
		err = s.prove(ctx, l.Identity, at)
	}
	return l, err
}

// Revoke makes a token worthless. One that is worthless already stays so.
func (s *Service) Revoke(ctx context.Context, token string) error {
	it, err := s.Table.Get(ctx, linkKey(token))
	if fault.KindOf(err) == fault.NotFound {
		return nil
	}
	if err == nil {
		err = s.Table.Write(ctx, table.Delete(it.Key, it.Version))
	}
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return nil
	}
	return err
}

func (s *Service) link(ctx context.Context, p Purpose, token string, at time.Time) (l Link, it table.Item, err error) {
	it, err = s.Table.Get(ctx, linkKey(token))
	if fault.KindOf(err) == fault.NotFound {
		return l, it, spent(err)
	}
	if err == nil {
		err = json.Unmarshal(it.Doc, &l)
	}
	if err != nil {
		return l, it, err
	}
	if l.Purpose != p || !at.Before(l.Expires) {
		return l, it, spent(nil)
	}
	if p == Reset {
		i, err := s.Load(ctx, l.Identity)
		if err != nil {
			return l, it, err
		}
		if i.Passwords != l.Passwords {
			return l, it, spent(nil)
		}
	}
	return l, it, nil
}
