package table

import (
	"context"
	"errors"
)

// siftBudget bounds how many items one Sift looks at, and so what a list costs
// whatever its filter is.
const siftBudget = 1000

// ErrStop is what Sift's take returns when nothing after this item is wanted.
var ErrStop = errors.New("table: nothing further is wanted")

// Sift reads one page of a list of which only some items are wanted: take makes
// a value of an item and says whether to keep it. Sift goes on until q.Limit
// values are kept, or MaxPageBytes of what they were made of, or 1,000 items have
// been looked at, so a page may be short, or even empty, and still have a next
// one. An error from take ends it all, except ErrStop, which ends the list.
//
// The cursor is like Page.Next, and names the last item looked at.
func Sift[T any](ctx context.Context, t Table, q Query, take func(Item) (T, bool, error)) (kept []T, next string, err error) {
	limit := q.Size()
	size := 0
	for looked := 0; ; {
		q.Limit = min(siftBudget-looked, max(limit-len(kept), 100))
		page, err := t.Query(ctx, q)
		if err != nil {
			return nil, "", err
		}
		for i, it := range page.Items {
			v, wanted, err := take(it)
			switch {
			case errors.Is(err, ErrStop):
				return kept, "", nil
			case err != nil:
				return nil, "", err
			case wanted:
				kept, size = append(kept, v), size+page.Items[i].bytes()
			}
			if looked++; len(kept) < limit && looked < siftBudget && size < MaxPageBytes {
				continue
			}
			if i == len(page.Items)-1 {
				return kept, page.Next, nil
			}
			return kept, q.Next(q.placeOf(it)), nil
		}
		if q.After = page.Next; q.After == "" || len(page.Items) == 0 { // all expired: enough for now
			return kept, q.After, nil
		}
	}
}

func (q *Query) placeOf(it Item) Place {
	if q.Index {
		return Place{SK: it.Index.SK, Key: it.Key}
	}
	return Place{SK: it.Key.SK}
}
