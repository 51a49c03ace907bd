package company

import (
	"context"
	"slices"
	"strings"

	"motorpool/shared/table"
)

// Filter says which companies a list wants; a zero field wants all. Archived
// companies are listed only where Status asks for them.
type Filter struct {
	Status Status
	Tag    string
	Q      string // a word of a name and what follows it, a tax number or an e-mail address begins so
	ByName bool   // in the order of trading names; otherwise newest first
}

func (f Filter) wants(c *Company) bool {
	return (f.Status == Archived) == (c.Status() == Archived) && (f.Tag == "" || slices.Contains(c.Tags, f.Tag))
}

// Companies returns a page of a workspace's companies. It may lag a moment
// behind, and may be short when the filter is narrow. With Q, companies come in
// the order of what they were found by.
func (s *Service) Companies(ctx context.Context, workspace string, f Filter, cursor string, limit int) ([]*Company, string, error) {
	q := table.Query{Limit: limit, After: cursor}
	archived := f.Status == Archived
	switch {
	case f.Q != "":
		q.PK, q.Prefix = searchPK(workspace, archived), plain(f.Q)
		if q.Prefix == "" {
			return nil, "", nil // nothing is made of signs alone
		}
	case f.ByName:
		q.PK = namedPK(workspace, archived)
	default:
		q.PK, q.Index, q.Reverse = indexPK(workspace, archived), true, true
		return table.Sift(ctx, s.Table, q, func(it table.Item) (*Company, bool, error) {
			c, err := read(it)
			return c, err == nil && f.wants(c), err
		})
	}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Company, bool, error) {
		c, err := s.pointed(ctx, workspace, it)
		return c, c != nil && f.wants(c) && (f.Q == "" || c.firstFound(q.Prefix, it.Key.SK)), err
	})
}

// A Duplicate is another active company that may be the same one.
type Duplicate struct {
	Company *Company
	By      []string // what they share: tax_number, name, email
}

// maxSame is how many companies are looked at for each thing that they may share.
const maxSame = 20

// Duplicates returns the active companies that share c's tax number, one of its
// names or one of the addresses of its bills. What counts is what c says, so it
// may be asked before c is stored.
func (s *Service) Duplicates(ctx context.Context, c *Company) (all []Duplicate, err error) {
	for _, what := range c.shared() {
		page, err := s.Table.Query(ctx, table.Query{PK: samePK(c.Workspace), Prefix: what + "#", Limit: maxSame})
		if err != nil {
			return nil, err
		}
		for _, it := range page.Items {
			if all, err = s.note(ctx, c, all, what, it); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

func (s *Service) note(ctx context.Context, c *Company, all []Duplicate, what string, it table.Item) ([]Duplicate, error) {
	by, _, _ := strings.Cut(what, "#")
	if by == "tax" {
		by = "tax_number"
	}
	other, err := s.pointed(ctx, c.Workspace, it)
	if err != nil || other == nil || other.ID == c.ID {
		return all, err
	}
	i := slices.IndexFunc(all, func(d Duplicate) bool { return d.Company.ID == other.ID })
	if i < 0 {
		return append(all, Duplicate{other, []string{by}}), nil
	}
	all[i].By = unique(append(all[i].By, by))
	return all, nil
}

// Refer returns the op that makes sure that a company is there and active when
// it is written. Whoever refers to a company writes it along; a change of the
// company in between makes that write fail, and it is tried again.
func (s *Service) Refer(ctx context.Context, workspace, id string) (table.Op, error) {
	c, err := s.load(ctx, workspace, id)
	if err != nil {
		return table.Op{}, err
	}
	return table.Check(companyKey(workspace, id), c.Version), c.inService()
}
