package company

import (
	"context"
	"errors"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/outbox"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table  table.Table
	NewID  ident.Source
	Events *outbox.Service
	Audit  *audit.Service
	People People // nil while nobody is known
	Blocks Blocks // nil while nobody can be blocked
}

// Blocks knows who is blocked.
type Blocks interface {
	// Like returns whom of them the company is like: for each what an audit entry
	// tells of it, by who it is.
	Like(ctx context.Context, c *Company) (map[string][]audit.Change, error)
}

// People knows who there is.
type People interface {
	// Refer returns the id of the person to whom an id leads, and the op that
	// makes sure that they are there and not archived when it is written;
	// fault.NotFound if there is none.
	Refer(ctx context.Context, workspace, person string) (string, table.Op, error)

	// Identifiers returns every identifier that leads to a person, the present
	// one last; fault.NotFound if there is none.
	Identifiers(ctx context.Context, workspace, person string) ([]string, error)
}

// tries is how often a change is made again on what somebody else has just changed.
const tries = 8

// Create adds a company.
func (s *Service) Create(ctx context.Context, actor access.Actor, d Details, at time.Time) (*Company, error) {
	c, err := create(s.NewID("com"), actor.Workspace, d, at)
	if err != nil {
		return nil, err
	}
	also, err := s.suspected(ctx, actor, c)
	if err != nil {
		return nil, err
	}
	return c, s.save(ctx, actor, c, also...)
}

// Company returns the company with this id, archived or not.
func (s *Service) Company(ctx context.Context, workspace, id string) (*Company, error) {
	return s.load(ctx, workspace, id)
}

// Edit changes what is said of a company. The function is given what is said now
// and may be called again if somebody else changes the company meanwhile, unless
// ifVersion names the version that the change is meant for; zero means any.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, edit func(*Details) error, ifVersion int64, at time.Time) (*Company, error) {
	return s.change(ctx, actor, id, ifVersion, func(c *Company) ([]table.Op, error) {
		d := c.clone()
		if err := edit(&d); err != nil {
			return nil, err
		}
		if err := c.Describe(d, at); err != nil {
			return nil, err
		}
		return s.suspected(ctx, actor, c)
	})
}

// Name makes a person a contact, or gives a contact other roles. An id that was
// merged into another names the other.
func (s *Service) Name(ctx context.Context, actor access.Actor, id string, k Contact, ifVersion int64, at time.Time) (*Company, error) {
	return s.change(ctx, actor, id, ifVersion, func(c *Company) ([]table.Op, error) {
		if c.speaks(k.Person) {
			return nil, c.Name(k.Person, k.Roles, at)
		}
		if err := c.inService(); err != nil {
			return nil, err
		}
		if _, err := checkedRoles(k.Roles); err != nil {
			return nil, err
		}
		person, op, err := s.refer(ctx, actor.Workspace, k.Person)
		if err != nil {
			return nil, err
		}
		return []table.Op{op}, c.Name(person, k.Roles, at)
	})
}

func (c *Company) speaks(person string) bool {
	return slices.ContainsFunc(c.Contacts, func(k Contact) bool { return k.Person == person })
}

func (s *Service) refer(ctx context.Context, workspace, person string) (id string, op table.Op, err error) {
	nobody := fault.New(fault.Invalid, "company.person", "There is no such person. Give the id of one who is not archived: per_…").At("person")
	if s.People == nil || !ident.Has("per", person) {
		return "", op, nobody
	}
	if id, op, err = s.People.Refer(ctx, workspace, person); fault.KindOf(err) == fault.NotFound {
		return "", op, nobody
	}
	return id, op, err
}

// Drop takes a person off a company's contacts.
func (s *Service) Drop(ctx context.Context, actor access.Actor, id, person string, ifVersion int64, at time.Time) (*Company, error) {
	return s.change(ctx, actor, id, ifVersion, func(c *Company) ([]table.Op, error) { return nil, c.Drop(person, at) })
}

// Archive takes a company off the list of customers.
func (s *Service) Archive(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Company, error) {
	return s.change(ctx, actor, id, ifVersion, func(c *Company) ([]table.Op, error) { return nil, c.Archive(at) })
}

// Restore makes an archived company a customer again.
func (s *Service) Restore(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Company, error) {
	return s.change(ctx, actor, id, ifVersion, func(c *Company) ([]table.Op, error) { return nil, c.Restore(at) })
}

// change loads a company, lets verb change it, and saves it with the ops that
// verb returns.
func (s *Service) change(ctx context.Context, actor access.Actor, id string, ifVersion int64, verb func(*Company) ([]table.Op, error)) (*Company, error) {
	for try := 1; ; try++ {
		c, err := s.load(ctx, actor.Workspace, id)
		if err != nil {
			return nil, err
		}
		if err := unchanged(c, ifVersion); err != nil {
			return nil, err
		}
		also, err := verb(c)
		if err != nil {
			return nil, err
		}
		err = s.save(ctx, actor, c, also...)
		if err == nil {
			return c, nil
		}
		clash, ok := errors.AsType[*table.Conflict](err)
		if !ok || try == tries {
			return nil, err
		}
		if ifVersion != 0 && clash.Key != companyKey(actor.Workspace, id) {
			return nil, err
		}
	}
}

func unchanged(c *Company, ifVersion int64) error {
	if ifVersion != 0 && ifVersion != c.Version {
		return fault.New(fault.Stale, "company.stale", "This company has changed: it is at version %d, not %d. Load it again and decide anew.", c.Version, ifVersion)
	}
	return nil
}

// Merge puts one company into another: what that one does not say is filled in,
// contacts and addresses are joined, and the first is archived for good. Both
// keep their histories. ifVersion speaks of the company that goes.
func (s *Service) Merge(ctx context.Context, actor access.Actor, id, into string, ifVersion int64, at time.Time) (*Company, error) {
	for try := 1; ; try++ {
		c, err := s.merged(ctx, actor, id, into, ifVersion, at)
		if _, raced := errors.AsType[*table.Conflict](err); !raced || try == tries {
			return c, err
		}
	}
}

func (s *Service) merged(ctx context.Context, actor access.Actor, id, into string, ifVersion int64, at time.Time) (*Company, error) {
	from, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	if err := unchanged(from, ifVersion); err != nil {
		return nil, err
	}
	c, err := s.load(ctx, actor.Workspace, into)
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Invalid, "company.into", "There is no such company to merge into. Give its id: com_…").At("into")
	}
	if err != nil {
		return nil, err
	}
	if err := c.absorb(from, at); err != nil {
		return nil, err
	}
	gone, err := s.ops(ctx, actor, from)
	if err != nil {
		return nil, err
	}
	if len(c.news) == 0 { // nothing was added, but it must still be there
		gone = append(gone, table.Check(companyKey(c.Workspace, c.ID), c.Version))
	}
	return c, s.saveWith(ctx, actor, c, gone)
}

// saveWith writes c, if it has changed, together with ops.
func (s *Service) saveWith(ctx context.Context, actor access.Actor, c *Company, ops []table.Op) error {
	own, err := s.ops(ctx, actor, c)
	if err != nil {
		return err
	}
	if len(own)+len(ops) >= table.MaxOps {
		return fault.New(fault.Conflict, "company.too_much", "Together they have too many contacts and addresses for one change. Remove some first.")
	}
	return s.Table.Write(ctx, slices.Concat(own, ops)...)
}
