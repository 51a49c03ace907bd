package member

import (
	"context"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
)

// Member returns what somebody is called and may do in a workspace, if they may
// still come in with what they have had since the given instant. It returns
// fault.Denied if not.
func (s *Service) Member(ctx context.Context, workspace, user string, since time.Time) (access.Actor, error) {
	m, err := s.load(ctx, workspace, user)
	if fault.KindOf(err) == fault.NotFound {
		return access.Actor{}, shut(err)
	}
	if err != nil {
		return access.Actor{}, err
	}
	return s.actor(ctx, m, since)
}

// actor is m at work, with what they have had since the given instant.
func (s *Service) actor(ctx context.Context, m *Member, since time.Time) (access.Actor, error) {
	if m.State != Active || !m.Cut.IsZero() && !since.After(m.Cut) {
		return access.Actor{}, shut(nil)
	}
	r, err := s.role(ctx, m.Workspace, m.Role)
	if err != nil {
		return access.Actor{}, err
	}
	return access.Actor{Kind: "user", ID: m.ID, Name: m.Name, Workspace: m.Workspace, Grants: r.Grants, Locations: m.Locations}, nil
}

// Standing returns what a user may do now, or fault.Denied if what they made at an
// instant is dead: they are disabled, or have been since. Somebody unknown here is
// fault.NotFound.
func (s *Service) Standing(ctx context.Context, workspace, user string, made time.Time) (access.Actor, error) {
	m, err := s.load(ctx, workspace, user)
	if err != nil {
		return access.Actor{}, err
	}
	return s.actor(ctx, m, made)
}

func shut(cause error) error {
	return fault.New(fault.Denied, "user.disabled", "You cannot enter this workspace. Ask one of its Admins.").Because(cause)
}

// giveable returns the role of d if the actor may give what d gives.
func (s *Service) giveable(ctx context.Context, actor access.Actor, d Details) (*Role, error) {
	r, err := s.role(ctx, actor.Workspace, d.Role)
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Invalid, "user.role", "There is no such role. Give its id: rol_…").At("role")
	}
	if err != nil {
		return nil, err
	}
	if g, ok := exceeds(actor.Holds, actor, r.Grants); ok {
		return nil, fault.New(fault.Denied, "user.beyond", "You can give only what you may do yourself, and %s is not. Choose another role.", g).At("role")
	}
	if !covers(actor, d.Locations) {
		return nil, fault.New(fault.Denied, "user.beyond", "You work at some locations only, and can let others work at those alone. Choose among them.").At("locations")
	}
	return r, nil
}

// exceeds returns a grant that the actor does not hold, if there is one. For a
// person, who is bound to locations with what they hold, holding is enough; for a
// role, which others hold elsewhere, it takes May.
func exceeds(holds func(access.Grant) bool, actor access.Actor, grants []access.Grant) (access.Grant, bool) {
	if actor.Kind == "system" {
		return "", false
	}
	i := slices.IndexFunc(grants, func(g access.Grant) bool { return !holds(g) })
	if i < 0 {
		return "", false
	}
	return grants[i], true
}

// covers reports whether who works at locations (none: at all) works nowhere
// that the actor does not.
func covers(actor access.Actor, locations []string) bool {
	return len(actor.Locations) == 0 ||
		len(locations) > 0 && !slices.ContainsFunc(locations, func(l string) bool { return !actor.At(l) })
}

// sees reports whether the actor knows of m: they work at one location at
// least together. Everybody knows of themselves.
func sees(actor access.Actor, m *Member) bool { return m.ID == actor.ID || actor.At(m.Locations...) }

// Changeable returns fault.Denied if the actor may not change a member whom they see.
func (s *Service) Changeable(ctx context.Context, actor access.Actor, id string) error {
	_, err := s.changeable(ctx, actor, id)
	return err
}

// changeable returns a member whom the actor sees and who may do no more than they.
func (s *Service) changeable(ctx context.Context, actor access.Actor, id string) (*Member, error) {
	m, err := s.Get(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	r, err := s.role(ctx, actor.Workspace, m.Role)
	if err != nil {
		return nil, err
	}
	if _, more := exceeds(actor.Holds, actor, r.Grants); more || !covers(actor, m.Locations) {
		return nil, fault.New(fault.Denied, "user.outranked", "This user may do more than you, or works where you do not. Ask an Admin.")
	}
	return m, nil
}
