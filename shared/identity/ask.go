package identity

import (
	"context"
	"errors"
	"strings"
	"time"

	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/letter"
	"motorpool/shared/table"
)

// asked says in which letter a link goes out, and where it leads.
var asked = map[Purpose]struct {
	kind letter.Kind
	path string
}{SignIn: {letter.NewLink, "/sign-in/"}, Reset: {letter.Reset, "/reset/"}}

// Ask has a link to sign in, or to set a new password, sent to an address. The
// answer and the work are the same whether the address is known or not. It
// returns fault.TooMany for an address to which several were asked for lately.
func (s *Service) Ask(ctx context.Context, p Purpose, email string, at time.Time) error {
	way, ok := asked[p]
	if email = strings.TrimSpace(email); !ok || email == "" || len(email) > 254 {
		return fault.New(fault.Invalid, "identity.email", "Give your e-mail address.").At("email")
	}
	err := s.try(ctx, "LETTER#"+ident.Hash(fold(email)), at)
	if f, ok := errors.AsType[*fault.Error](err); ok && f.Kind == fault.TooMany {
		late := fault.New(fault.TooMany, "auth.asked", "Several links were asked for already. Look into your inbox, and wait a quarter of an hour before you ask again.")
		late.After = f.After
		return late
	}
	if err != nil {
		return err
	}
	i, err := s.recall(ctx, email, at)
	known := err == nil
	if fault.KindOf(err) == fault.NotFound {
		i = &Identity{ID: "nobody", Email: email}
	} else if err != nil {
		return err
	}
	token, link, err := s.LinkOp(p, i, "", at)
	if err != nil {
		return err
	}
	note, err := s.Letters.Write(ctx, "", letter.Letter{
		Kind: way.kind, Email: i.Email, Name: i.Name, Asked: at, Link: way.path + token, Expires: at.Add(lasts[p]),
	})
	if err != nil {
		return err
	}
	if !known { // as much is written: a link that nobody gets instead of the letter
		_, note, err = s.LinkOp(p, i, "", at)
		if err != nil {
			return err
		}
	}
	return s.Table.Write(ctx, link, note)
}

// recall finds an address, also that of somebody who works in a workspace that
// has moved here: what they are called moved with it, how they sign in did not.
func (s *Service) recall(ctx context.Context, email string, at time.Time) (*Identity, error) {
	i, err := s.Find(ctx, email)
	if fault.KindOf(err) != fault.NotFound || s.Members == nil {
		return i, err
	}
	name, err := s.Members.Known(ctx, email)
	if err != nil {
		return nil, err
	}
	return s.Ensure(ctx, email, name, at)
}

// RedeemWith uses a token up and sets a new password, in one write.
func (s *Service) RedeemWith(ctx context.Context, p Purpose, token, plain string, at time.Time) (Link, error) {
	l, it, err := s.link(ctx, p, token, at)
	if err != nil {
		return Link{}, err
	}
	i, err := s.Load(ctx, l.Identity)
	if err != nil {
		return Link{}, err
	}
	if err := CheckPassword(plain, i.Email); err != nil {
		return Link{}, err
	}
	if i.Password, err = hash(plain, s.Random); err != nil {
		return Link{}, err
	}
	if i.Passwords++; i.Proven.IsZero() {
		i.Proven = at
	}
	op, err := i.put()
	if err != nil {
		return Link{}, err
	}
	err = s.Table.Write(ctx, op, table.Delete(it.Key, it.Version))
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return Link{}, spent(err)
	}
	return l, err
}
