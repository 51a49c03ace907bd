package company

import (
	"context"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Of returns the companies for which a person speaks, archived ones too, in the
// order in which they were added; at most 200 for each identifier the person had.
func (s *Service) Of(ctx context.Context, workspace, person string) ([]*Company, error) {
	ids := []string{person}
	if s.People != nil {
		known, err := s.People.Identifiers(ctx, workspace, person)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		if err == nil {
			ids = known
		}
	}
	var all []*Company
	for _, id := range ids {
		some, err := s.under(ctx, workspace, id)
		if err != nil {
			return nil, err
		}
		for _, c := range some {
			if !slices.ContainsFunc(all, func(o *Company) bool { return o.ID == c.ID }) {
				all = append(all, c)
			}
		}
	}
	return all, nil
}

// under are the companies that name one identifier.
func (s *Service) under(ctx context.Context, workspace, person string) ([]*Company, error) {
	q := table.Query{PK: contactPK(workspace, person), Limit: 200}
	all, _, err := table.Sift(ctx, s.Table, q, func(it table.Item) (*Company, bool, error) {
		c, err := s.pointed(ctx, workspace, it)
		return c, c != nil && c.speaks(person), err
	})
	return all, err
}

// Follow makes another person what one was to their companies, when the two
// were merged. It does a company at a time and may be called again.
func (s *Service) Follow(ctx context.Context, actor access.Actor, from, into string, at time.Time) error {
	if from == into {
		return nil
	}
	return s.eachUnder(ctx, actor, from, func(c *Company) { c.rename(from, into, at) })
}

// A Link is what somebody is to a company.
type Link struct {
	Company string   `json:"company"` // com_…
	Name    string   `json:"name"`
	Roles   []string `json:"roles"`
	BillTo  bool     `json:"gets_its_bills,omitempty"`
}

// Links are what one identifier of a person is to companies.
func (s *Service) Links(ctx context.Context, workspace, person string) (all []Link, err error) {
	some, err := s.under(ctx, workspace, person)
	for _, c := range some {
		for _, k := range c.Contacts {
			if k.Person == person {
				all = append(all, Link{c.ID, c.TradingName, k.Roles, c.BillTo == person})
			}
		}
	}
	return all, err
}

// Refers reports whether a person speaks for a company.
func (s *Service) Refers(ctx context.Context, workspace, person string) (bool, error) {
	some, err := s.under(ctx, workspace, person)
	return len(some) > 0, err
}

// Forget takes an identifier of a person off every company, archived ones too.
// A company whose bills they got gets them itself. It may be called again.
func (s *Service) Forget(ctx context.Context, actor access.Actor, person string, at time.Time) error {
	return s.eachUnder(ctx, actor, person, func(c *Company) { c.forget(person, at) })
}

func (s *Service) eachUnder(ctx context.Context, actor access.Actor, person string, do func(*Company)) error {
	for {
		some, err := s.under(ctx, actor.Workspace, person)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, c := range some {
			_, err := s.change(ctx, actor, c.ID, 0, func(c *Company) ([]table.Op, error) {
				do(c)
				return nil, nil
			})
			if err != nil {
				return err
			}
		}
	}
}

// rename puts one person into another's place, in archived companies too.
func (c *Company) rename(from, into string, at time.Time) {
	was := c.Object()
	var out []Contact
	for _, k := range cloneContacts(c.Contacts) {
		if k.Person == from {
			k.Person = into
		}
		if i := slices.IndexFunc(out, func(o Contact) bool { return o.Person == k.Person }); i >= 0 {
			out[i].Roles = sortedRoles(append(out[i].Roles, k.Roles...))
			continue
		}
		out = append(out, k)
	}
	c.Contacts = out
	if c.BillTo == from {
		c.BillTo = into
	}
	c.tellUpdated(was, at)
}

// forget takes a person off c whatever they were to it.
func (c *Company) forget(person string, at time.Time) {
	was, primary := c.Object(), c.PrimaryContact() == person
	c.Contacts = slices.DeleteFunc(cloneContacts(c.Contacts), func(k Contact) bool { return k.Person == person })
	if primary && len(c.Contacts) > 0 {
		c.Contacts[0].Roles = sortedRoles(append(c.Contacts[0].Roles, "primary"))
	}
	if c.BillTo == person {
		c.BillTo = ""
	}
	c.tellUpdated(was, at)
}
