package apikey

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// Audit makes the op that remembers who changed what. audit.Service is one.
type Audit interface {
	Op(pk string, actor access.Actor, action string, object audit.Object, changes []audit.Change, at time.Time) (table.Op, error)
}

// Workspaces says whether a workspace is live. workspace.Service is one.
type Workspaces interface {
	IsLive(ctx context.Context, workspace string) (bool, error)
}

// Makers knows who may no longer come in. member.Service is one.
type Makers interface {
	// Standing returns what a user may do now, or fault.Denied if what they made at
	// an instant is dead, or fault.NotFound for somebody who never worked here.
	Standing(ctx context.Context, workspace, user string, made time.Time) (access.Actor, error)
}

// Service is what the rest of the product may ask.
type Service struct {
	Table      table.Table
	NewID      ident.Source
	Secret     func() string // 26 characters that nobody can guess: ident.Secret
	Workspaces Workspaces
	Audit      Audit
	Makers     Makers // nil where there are none
}

// usedEvery is how often the last use of a key is written down at the most.
const usedEvery = time.Hour

// Create makes a key and returns it together with its plaintext, which is not
// kept and cannot be had again.
func (s *Service) Create(ctx context.Context, actor access.Actor, r Request, at time.Time) (*Key, string, error) {
	if err := r.check(at); err != nil {
		return nil, "", err
	}
	if err := r.within(actor); err != nil {
		return nil, "", err
	}
	live, err := s.Workspaces.IsLive(ctx, actor.Workspace)
	if err != nil {
		return nil, "", err
	}
	prefix := testPrefix
	if live {
		prefix = livePrefix
	}
	plain := prefix + s.Secret()
	k := s.draft(actor, r.Name, plain, at)
	k.Scopes, k.ExpiresAt = r.Scopes, r.ExpiresAt
	if err := s.add(ctx, actor, k, at); err != nil {
		return nil, "", err
	}
	return k, plain, nil
}

// Adopt makes a key of a plaintext that somebody else chose, with every scope.
// Doing so again returns the key that is there.
func (s *Service) Adopt(ctx context.Context, workspace, plaintext, name string, at time.Time) (*Key, error) {
	if len(plaintext) < 16 || len(plaintext) > maxPlain || strings.ContainsFunc(plaintext, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, fault.New(fault.Invalid, "key.weak", "An API key has 16 to %d printable ASCII characters and no spaces.", maxPlain)
	}
	k, err := s.find(ctx, ident.Hash(plaintext))
	switch {
	case err == nil && k.Workspace == workspace:
		return k, nil
	case err == nil:
		return nil, fault.New(fault.Conflict, "key.taken", "This API key belongs to another workspace.")
	case fault.KindOf(err) != fault.NotFound:
		return nil, err
	}
	system := access.System(workspace)
	k = s.draft(system, name, plaintext, at)
	err = s.add(ctx, system, k, at)
	if _, raced := errors.AsType[*table.Conflict](err); raced {
		return s.Adopt(ctx, workspace, plaintext, name, at)
	}
	return k, err
}

// List returns one page of the workspace's keys, newest first, revoked ones too.
func (s *Service) List(ctx context.Context, workspace, cursor string, limit int) (keys []*Key, next string, err error) {
	page, err := s.Table.Query(ctx, table.Query{PK: partition(workspace), Prefix: idPrefix, Reverse: true, Limit: limit, After: cursor})
	if err != nil {
		return nil, "", err
	}
	for _, it := range page.Items {
		k, err := read(it)
		if err != nil {
			return nil, "", err
		}
		keys = append(keys, k)
	}
	return keys, page.Next, nil
}

// Get returns one key of the workspace.
func (s *Service) Get(ctx context.Context, workspace, id string) (*Key, error) {
	return s.load(ctx, workspace, id)
}

// Revoke ends a key at once and for good. Revoking it again changes nothing.
func (s *Service) Revoke(ctx context.Context, actor access.Actor, id string, at time.Time) (*Key, error) {
	for {
		k, err := s.load(ctx, actor.Workspace, id)
		if err != nil || !k.RevokedAt.IsZero() {
			return k, err
		}
		err = s.revoke(ctx, actor, k, at)
		if _, raced := errors.AsType[*table.Conflict](err); raced {
			continue // its last use was written down in between; everybody else only revokes
		}
		return k, err
	}
}

func (s *Service) revoke(ctx context.Context, actor access.Actor, k *Key, at time.Time) error {
	door, err := s.Table.Get(ctx, doorKey(k.hash))
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	k.RevokedAt = at
	ops, err := s.saving(k)
	if err != nil {
		return err
	}
	if door.Version > 0 {
		ops = append(ops, table.Delete(door.Key, door.Version))
	}
	note, err := s.Audit.Op(partition(k.Workspace), actor, "api_key.revoked", k.object(), nil, at)
	if err != nil {
		return err
	}
	if err := s.Table.Write(ctx, append(ops, note)...); err != nil {
		return err
	}
	k.Version++
	return nil
}

// RevokeOf revokes every key that a user made. Doing so again changes nothing.
func (s *Service) RevokeOf(ctx context.Context, actor access.Actor, user string, at time.Time) error {
	for cursor := ""; ; {
		keys, next, err := s.List(ctx, actor.Workspace, cursor, table.MaxPage)
		if err != nil {
			return err
		}
		for _, k := range keys {
			if k.CreatedBy.ID == user && k.RevokedAt.IsZero() {
				if _, err := s.Revoke(ctx, actor, k.ID, at); err != nil {
					return err
				}
			}
		}
		if cursor = next; next == "" {
			return nil
		}
	}
}

// Authenticate returns the actor who holds plaintext. Whatever is wrong with it
// (unknown, revoked, expired) the answer is one and the same
// fault.Unauthenticated, so that nobody learns which keys exist.
func (s *Service) Authenticate(ctx context.Context, plaintext string, at time.Time) (access.Actor, error) {
	if plaintext == "" || len(plaintext) > maxPlain {
		return access.Actor{}, refused(nil)
	}
	k, err := s.find(ctx, ident.Hash(plaintext))
	if fault.KindOf(err) == fault.NotFound {
		return access.Actor{}, refused(err)
	}
	if err != nil {
		return access.Actor{}, err
	}
	if k.State(at) != "active" {
		return access.Actor{}, refused(errors.New("key " + k.ID + " is " + k.State(at)))
	}
	holder, err := s.holder(ctx, k)
	if err != nil {
		return access.Actor{}, err
	}
	if at.Sub(k.LastUsedAt) >= usedEvery {
		s.used(ctx, k, at)
	}
	return holder, nil
}

// Holder returns what whoever holds a key may do at an instant, for long work that
// they asked for with it. A key that is revoked or has expired is fault.Denied.
func (s *Service) Holder(ctx context.Context, workspace, id string, at time.Time) (access.Actor, error) {
	k, err := s.Get(ctx, workspace, id)
	if err != nil {
		return access.Actor{}, err
	}
	if k.State(at) != "active" {
		return access.Actor{}, fault.New(fault.Denied, "key.revoked", "This API key is revoked, or has expired.")
	}
	return s.holder(ctx, k)
}

// holder is whoever holds a key, who may do no more than its maker may by now.
func (s *Service) holder(ctx context.Context, k *Key) (access.Actor, error) {
	a := k.Actor()
	if s.Makers == nil || k.CreatedBy.Kind != "user" {
		return a, nil
	}
	maker, err := s.Makers.Standing(ctx, k.Workspace, k.CreatedBy.ID, k.Created)
	switch fault.KindOf(err) {
	case fault.NotFound:
		return a, nil
	case fault.Denied:
		return access.Actor{}, refused(err)
	}
	if err != nil {
		return access.Actor{}, err
	}
	a.Grants = slices.DeleteFunc(slices.Clone(a.Grants), func(g access.Grant) bool { return !maker.Holds(g) })
	if len(a.Locations) == 0 {
		a.Locations = maker.Locations
	} else if a.Locations = slices.DeleteFunc(slices.Clone(a.Locations), func(l string) bool { return !maker.At(l) }); len(a.Locations) == 0 {
		return access.Actor{}, refused(errors.New("the maker of " + k.ID + " works elsewhere now")) // none would mean all
	}
	return a, nil
}

// used writes down when a key was last used. That is a courtesy to people: who
// loses the race, or meets a full disk, is let in all the same.
func (s *Service) used(ctx context.Context, k *Key, at time.Time) {
	with := *k
	with.LastUsedAt = at
	if ops, err := s.saving(&with); err == nil {
		_ = s.Table.Write(ctx, ops...)
	}
}

func refused(cause error) error {
	return fault.New(fault.Unauthenticated, "auth.key", "This API key is not valid. Send a current key of yours as Authorization: Bearer mp_….").Because(cause)
}
