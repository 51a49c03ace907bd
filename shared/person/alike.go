package person

import (
	"context"

	"motorpool/shared/table"
)

// A Pair is two people who may be one.
type Pair struct {
	One *Person
	Duplicate
}

// Alike returns a page of those of a workspace's active people who may be the
// same as others, newest first, each two of them once. It looks at limit people a
// page, so a page may be short, or empty: go on while there is a cursor.
func (s *Service) Alike(ctx context.Context, workspace, cursor string, limit int) (pairs []Pair, next string, err error) {
	page, err := s.Table.Query(ctx, table.Query{PK: peopleIndexPK(workspace, false), Index: true, Reverse: true, Limit: limit, After: cursor})
	if err != nil {
		return nil, "", err
	}
	for _, it := range page.Items {
		p, err := readPerson(it)
		if err != nil {
			return nil, "", err
		}
		found, err := s.Duplicates(ctx, workspace, p.ID)
		if err != nil {
			return nil, "", err
		}
		for _, d := range found {
			if d.Person.State() == Archived || d.Person.ID < p.ID {
				pairs = append(pairs, Pair{p, d})
			}
		}
	}
	return pairs, page.Next, nil
}
