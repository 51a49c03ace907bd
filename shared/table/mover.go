package table

import (
	"context"

	"motorpool/shared/fault"
)

// Mover is the table's second door, for whoever carries everything of a
// workspace from one table to another. It knows no conditions but one, so it is
// for places that nobody else uses at that time; the product itself never
// comes through it.
type Mover interface {
	// Scan returns one page of everything that has not expired and whose
	// partition key begins with one of the scan's prefixes, as of the latest
	// write, in an order of the adapter's own. What is written meanwhile may be
	// seen or not.
	Scan(ctx context.Context, s Scan) (Page, error)

	// Load stores items as they are, versions included, over whatever is there,
	// and tells no stream or feed. It stores at least those it can when it
	// returns an error: load all of them again. No key may occur twice.
	Load(ctx context.Context, items ...Item) error

	// Place stores one item as it is, version included, if nothing is there, and
	// the stream or feed is told as it is of a Write. Otherwise it returns a
	// *Conflict.
	Place(ctx context.Context, it Item) error
}

// Scan selects what lies in the partitions whose keys begin with a prefix.
type Scan struct {
	Prefixes []string // at least one, none of them the beginning of another
	Limit    int      // items in a page, also those that do not match; zero means MaxPage
	After    string   // Page.Next of the page before; good for the same table and prefixes for ever
}

// MaxLoad is how many items one Load takes.
const MaxLoad = 1000

// Size is how many items a page of s looks at, at the most.
func (s *Scan) Size() int {
	if s.Limit <= 0 {
		return MaxPage
	}
	return min(s.Limit, MaxPage)
}

// ValidateLoad applies the limits of Write, but for its number of ops and
// bytes, and asks for versions: what is stored has one.
func ValidateLoad(items []Item) error {
	if len(items) > MaxLoad {
		return fault.New(fault.Invalid, "table.load", "At most %d items are loaded at once, not %d.", MaxLoad, len(items))
	}
	seen := make(map[Key]struct{}, len(items))
	for i := range items {
		if err := validate(i, &Op{Kind: OpPut, Item: items[i]}); err != nil {
			return err
		}
		if items[i].Version < 1 {
			return fault.New(fault.Invalid, "table.load", "Item %d has no version.", i)
		}
		if _, twice := seen[items[i].Key]; twice {
			return fault.New(fault.Invalid, "table.load", "Item %d: %s / %s is there twice.", i, items[i].Key.PK, items[i].Key.SK)
		}
		seen[items[i].Key] = struct{}{}
	}
	return nil
}
