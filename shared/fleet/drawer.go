package fleet

import (
	"context"
	"slices"
	"strings"

	"motorpool/shared/table"
)

// drawer is one of the partitions of the index in which assets rest: apart by
// what a list asks for, so that one that few assets meet is not looked for among
// all the others.
type drawer string

const (
	offered  drawer = "open"   // in service, booking on
	withheld drawer = "closed" // in service, booking off
	retired  drawer = "archived"
	anywhere        = "active" // in a fingerprint of a query only: offered and withheld
)

// drawer is where a rests.
func (a *Asset) drawer() drawer {
	switch a.Status() {
	case Archived:
		return retired
	case Available:
		return offered
	}
	return withheld
}

func drawerPK(workspace string, d drawer) string {
	return "WS#" + workspace + "#AST#" + string(d)
}

// drawers are where assets may rest that f wants.
func (f AssetFilter) drawers() []drawer {
	switch {
	case f.Status == Archived:
		return []drawer{retired}
	case f.Status == Available || f.Booking != nil && *f.Booking:
		return []drawer{offered}
	case f.Status == Unavailable || f.Booking != nil:
		return []drawer{withheld}
	}
	return []drawer{offered, withheld}
}

// cabinet is a table in which some drawers of a workspace are one: their assets
// in descending order of id, by one read of each drawer a page.
type cabinet struct {
	table.Table
	workspace string
	drawers   []drawer
}

// query is of all drawers of the cabinet, newest first.
func (c cabinet) query(cursor string, limit int) table.Query {
	d := drawer(anywhere)
	if len(c.drawers) == 1 {
		d = c.drawers[0]
	}
	return table.Query{PK: drawerPK(c.workspace, d), Index: true, Reverse: true, Limit: limit, After: cursor}
}

// Query returns a page of what query asks. The place of a cursor is an asset's,
// which is a place in each drawer.
func (c cabinet) Query(ctx context.Context, q table.Query) (all table.Page, err error) {
	if len(c.drawers) == 1 {
		return c.Table.Query(ctx, q)
	}
	at, more, err := q.Resume()
	if err != nil {
		return all, err
	}
	least, rest := "", false // the lowest id down to which all drawers were read
	for _, d := range c.drawers {
		one := q
		one.PK, one.After = drawerPK(c.workspace, d), ""
		if more {
			one.After = one.Next(at)
		}
		page, err := c.Table.Query(ctx, one)
		if err != nil {
			return all, err
		}
		all.Items = append(all.Items, page.Items...)
		if n := len(page.Items); page.Next != "" && n > 0 {
			least, rest = max(least, page.Items[n-1].Index.SK), true
		}
	}
	slices.SortFunc(all.Items, func(x, y table.Item) int { return strings.Compare(y.Index.SK, x.Index.SK) })
	keep := len(all.Items)
	if i := slices.IndexFunc(all.Items, func(it table.Item) bool { return it.Index.SK < least }); i >= 0 {
		keep = i
	}
	if keep = min(keep, q.Size()); keep < len(all.Items) || rest {
		last := all.Items[keep-1]
		all.Next = q.Next(table.Place{SK: last.Index.SK, Key: last.Key})
	}
	all.Items = all.Items[:keep]
	return all, nil
}
