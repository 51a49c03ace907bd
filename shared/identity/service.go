package identity

import (
	"context"
	"errors"
	"io"
	"time"
	"unicode/utf8"

	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/letter"
	"motorpool/shared/secrets"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table  table.Table
	Box    secrets.Box
	NewID  ident.Source
	Secret func() string // 26 characters that nobody can guess: ident.Secret
	Random io.Reader     // of salts and phones: crypto/rand.Reader

	Letters Letters // nil where nobody asks for links
	Members Members // nil where there are none
}

// Letters asks for an e-mail. letter.Service is one.
type Letters interface {
	Write(ctx context.Context, workspace string, l letter.Letter) (table.Op, error)
}

// Members knows who works here. member.Service is one.
type Members interface {
	// Known returns what somebody with this address is called where they work,
	// or fault.NotFound.
	Known(ctx context.Context, email string) (name string, err error)
}

// Load returns the identity with this id, or fault.NotFound.
func (s *Service) Load(ctx context.Context, id string) (*Identity, error) {
	if !ident.Has("usr", id) {
		return nil, nobody(nil)
	}
	return s.load(ctx, id)
}

// Find returns the identity of an address, or fault.NotFound. Its answer is for
// the product's own use: nobody outside may learn from it who is known.
func (s *Service) Find(ctx context.Context, email string) (*Identity, error) {
	id, err := s.owner(ctx, email)
	if err != nil {
		return nil, err
	}
	return s.load(ctx, id)
}

// Ensure returns the identity of an address, making it if there is none.
func (s *Service) Ensure(ctx context.Context, email, name string, at time.Time) (*Identity, error) {
	for {
		i, err := s.Find(ctx, email)
		if fault.KindOf(err) != fault.NotFound {
			return i, err
		}
		i = &Identity{ID: s.NewID("usr"), Email: email, Name: name, Created: at}
		ops, err := i.birth()
		if err != nil {
			return nil, err
		}
		err = s.Table.Write(ctx, ops...)
		if _, raced := errors.AsType[*table.Conflict](err); raced {
			continue
		}
		i.version = 1
		return i, err
	}
}

// Password checks an address and a password. A *fault of kind Unauthenticated
// says that they do not belong together, one of kind TooMany that there were too
// many attempts; neither says whether the address is known.
func (s *Service) Password(ctx context.Context, email, plain string, at time.Time) (*Identity, error) {
	door := "PASSWORD#" + ident.Hash(fold(email))
	if err := s.try(ctx, door, at); err != nil {
		return nil, err
	}
	i, err := s.Find(ctx, email)
	if fault.KindOf(err) == fault.NotFound {
		i = &Identity{}
	} else if err != nil {
		return nil, err
	}
	if len(plain) > MaxPassword || !matches(i.Password, plain) {
		return nil, wrongPassword()
	}
	if outdated(i.Password) {
		if i.Password, err = hash(plain, s.Random); err != nil {
			return nil, err
		}
		if err := s.save(ctx, i); err != nil && fault.KindOf(err) != fault.Conflict {
			return nil, err
		}
	}
	return i, s.forget(ctx, door)
}

// SetPassword gives the identity a new password. Links that were sent to reset
// the old one are of no use from then on.
func (s *Service) SetPassword(ctx context.Context, id, plain string) error {
	i, err := s.Load(ctx, id)
	if err != nil {
		return err
	}
	if err := CheckPassword(plain, i.Email); err != nil {
		return err
	}
	if i.Password, err = hash(plain, s.Random); err != nil {
		return err
	}
	i.Passwords++
	return s.save(ctx, i)
}

// ChangePassword gives the identity a new password if it knows the one it has, if
// any: wrong ones count towards the lock, as when signing in.
func (s *Service) ChangePassword(ctx context.Context, id, old, plain string, at time.Time) error {
	i, err := s.Load(ctx, id)
	if err != nil {
		return err
	}
	if i.HasPassword() {
		_, err = s.Password(ctx, i.Email, old, at)
		if fault.KindOf(err) == fault.Unauthenticated {
			return fault.New(fault.Invalid, "identity.old_password", "This is not your password.").At("old")
		}
	}
	if err != nil {
		return err
	}
	return s.SetPassword(ctx, id, plain)
}

// Rename changes what people call the identity: one line of 1 to 100 characters.
func (s *Service) Rename(ctx context.Context, id, name string) error {
	if n := utf8.RuneCountInString(name); n < 1 || n > 100 || !form.Line(name) {
		return fault.New(fault.Invalid, "identity.name", "Give your name, in one line of at most 100 characters.").At("name")
	}
	return s.change(ctx, id, func(i *Identity) bool {
		changed := i.Name != name
		i.Name = name
		return changed
	})
}

// Entered remembers which workspace the identity went into.
func (s *Service) Entered(ctx context.Context, id, workspace string) error {
	return s.change(ctx, id, func(i *Identity) bool {
		changed := i.LastWorkspace != workspace
		i.LastWorkspace = workspace
		return changed
	})
}

// prove notes that somebody reads what is sent to the address.
func (s *Service) prove(ctx context.Context, id string, at time.Time) error {
	return s.change(ctx, id, func(i *Identity) bool {
		first := i.Proven.IsZero()
		if first {
			i.Proven = at
		}
		return first
	})
}

// change does one thing to an identity, again if somebody else was quicker.
func (s *Service) change(ctx context.Context, id string, do func(*Identity) bool) error {
	for {
		i, err := s.Load(ctx, id)
		if err != nil || !do(i) {
			return err
		}
		if err = s.save(ctx, i); fault.KindOf(err) != fault.Conflict {
			return err
		}
	}
}

func nobody(cause error) error {
	return fault.New(fault.NotFound, "identity.not_found", "There is no such user.").Because(cause)
}
