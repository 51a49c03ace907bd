package fleet

import (
	"context"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/table"
)

// AssetFilter says which assets a list wants; a zero field wants all. Archived
// assets are listed only where Status asks for them.
type AssetFilter struct {
	Status   Status
	At       time.Time // the instant at which Status counts; zero: whatever assets are doing
	Category string    // the asset is in it, or in one of its subcategories
	Booking  *bool     // booking is switched on, or off
	Type     string
	Make     string // whatever its case
	Tag      string
	Q        string // a number, plate or VIN begins so, whatever its case, spaces and hyphens
	Location string // it belongs there, is there, or can be picked up there
	ByNumber bool   // in the order of numbers; otherwise newest first
}

func (f AssetFilter) wants(actor access.Actor, a *Asset, categories []string) bool {
	return a.SeenBy(actor) && (f.Location == "" || slices.Contains(a.Places(), f.Location)) &&
		(f.Status == Archived) == (a.Status() == Archived) &&
		(f.Booking == nil || *f.Booking == a.BookingEnabled) &&
		(f.Type == "" || f.Type == a.Type) &&
		(f.Make == "" || strings.EqualFold(f.Make, a.Make)) &&
		(f.Tag == "" || slices.Contains(a.Tags, f.Tag)) &&
		(f.Category == "" || slices.ContainsFunc(a.Categories, func(id string) bool { return slices.Contains(categories, id) }))
}

// wanting is f.wants, and whether an asset has the status that is asked for.
func (s *Service) wanting(ctx context.Context, actor access.Actor, f AssetFilter, categories []string) func(*Asset) (bool, error) {
	status := s.Statuses(actor.Workspace, f.At)
	return func(a *Asset) (bool, error) {
		if !f.wants(actor, a, categories) || f.Status == "" {
			return f.wants(actor, a, categories), nil
		}
		is, err := status(ctx, a)
		return is == f.Status, err
	}
}

// Statuses returns a function that tells the status of assets at an instant. It
// is cheap for assets in descending order of id.
func (s *Service) Statuses(workspace string, at time.Time) func(context.Context, *Asset) (Status, error) {
	if s.Doing == nil || at.IsZero() {
		return func(_ context.Context, a *Asset) (Status, error) { return a.Status(), nil }
	}
	doing := s.Doing(workspace, at)
	return func(ctx context.Context, a *Asset) (Status, error) {
		if a.Status() == Archived {
			return Archived, nil
		}
		what, err := doing(ctx, a.ID)
		return a.StatusWith(what), err
	}
}

// Assets returns a page of the assets that the actor may see. It may lag a moment behind, and
// may be short when the filter is narrow. With Q, assets come in the order of
// what they were found by.
func (s *Service) Assets(ctx context.Context, actor access.Actor, f AssetFilter, cursor string, limit int) ([]*Asset, string, error) {
	workspace := actor.Workspace
	categories, err := s.family(ctx, workspace, f.Category)
	if err != nil {
		return nil, "", err
	}
	q := table.Query{Limit: limit, After: cursor}
	archived := f.Status == Archived
	place := f.Location
	if place == "" && len(actor.Locations) == 1 {
		place = actor.Locations[0]
	}
	wants := s.wanting(ctx, actor, f, categories)
	wanted := func(a *Asset, _ string) (bool, error) { return wants(a) }
	switch {
	case f.Q != "":
		q.PK, q.Prefix = searchPK(workspace, archived), plain(f.Q)
		if q.Prefix == "" {
			return nil, "", nil // nothing is made of signs alone
		}
		return s.pointed(ctx, workspace, q, func(a *Asset, sk string) (bool, error) {
			if !firstFound(a, q.Prefix, sk) {
				return false, nil
			}
			return wants(a)
		})
	case f.ByNumber:
		q.PK = numberedPK(workspace, archived)
		return s.pointed(ctx, workspace, q, wanted)
	case ident.Has("loc", place):
		q.PK, q.Prefix, q.Reverse = placePK(workspace, place, archived), pointerPrefix, true
		return s.pointed(ctx, workspace, q, wanted)
	case len(categories) == 1:
		q.PK, q.Prefix, q.Reverse = categoryPK(workspace, f.Category), pointerPrefix, true
		return s.pointed(ctx, workspace, q, wanted)
	}
	if f.busy() && s.Held != nil && !f.At.IsZero() {
		return s.held(ctx, workspace, f, cursor, limit, wants)
	}
	all := cabinet{s.Table, workspace, f.drawers()}
	doing := s.doing(workspace, f)
	return table.Sift(ctx, all, all.query(cursor, limit), func(it table.Item) (*Asset, bool, error) {
		what, err := doing(ctx, it.Index.SK)
		if err != nil || !f.may(what) {
			return nil, false, err
		}
		a, err := readAsset(it)
		if err != nil {
			return nil, false, err
		}
		return a, f.wants(actor, a, categories) && (f.Status == "" || f.Status == a.StatusWith(what)), nil
	})
}

// busy reports whether f wants assets that are doing something.
func (f AssetFilter) busy() bool {
	return slices.Contains([]Status{Reserved, OnBooking, OverdueReturn, InMaintenance}, f.Status)
}

// held lists the busy assets that f wants, from the calendars there are: those
// of assets that nothing holds are not looked at.
func (s *Service) held(ctx context.Context, workspace string, f AssetFilter, cursor string, limit int, wants func(*Asset) (bool, error)) ([]*Asset, string, error) {
	q, doing := s.Held(workspace), s.Doing(workspace, f.At)
	q.Limit, q.After = limit, cursor
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Asset, bool, error) {
		what, err := doing(ctx, it.Index.SK)
		if err != nil || what != string(f.Status) {
			return nil, false, err
		}
		a, err := s.load(ctx, workspace, it.Index.SK)
		if fault.KindOf(err) == fault.NotFound {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		is, err := wants(a)
		return a, is, err
	})
}

// may reports whether an asset that does this can have the status that f wants.
// It spares reading those that cannot.
func (f AssetFilter) may(what string) bool {
	switch f.Status {
	case "", Archived:
		return true
	case Available, Unavailable:
		return what == "" || f.Status == Unavailable && Status(what) == Reserved
	}
	return Status(what) == f.Status
}

// doing returns a function that tells what assets are doing, if f asks for that.
func (s *Service) doing(workspace string, f AssetFilter) func(ctx context.Context, id string) (string, error) {
	if s.Doing == nil || f.At.IsZero() || f.Status == "" || f.Status == Archived {
		return func(context.Context, string) (string, error) { return "", nil }
	}
	return s.Doing(workspace, f.At)
}

// family is a category with its subcategories: who is in one of them is in it.
func (s *Service) family(ctx context.Context, workspace, id string) ([]string, error) {
	if id == "" {
		return nil, nil
	}
	if _, err := s.Table.Get(ctx, categoryKey(workspace, id)); fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Invalid, "asset.category", "There is no such category to list. Give its id: cat_…").At("category")
	} else if err != nil {
		return nil, err
	}
	parts, _, err := s.parts(ctx, workspace, id)
	return append([]string{id}, parts...), err
}

// pointed reads the assets that the pointers of q lead to.
func (s *Service) pointed(ctx context.Context, workspace string, q table.Query, wants func(a *Asset, sk string) (bool, error)) ([]*Asset, string, error) {
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Asset, bool, error) {
		a, err := s.load(ctx, workspace, strings.Trim(string(it.Doc), `"`))
		if fault.KindOf(err) == fault.NotFound {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		wanted, err := wants(a, it.Key.SK)
		return a, wanted, err
	})
}

// firstFound reports whether the pointer at sk is the first of those by which
// the prefix finds a, so that a page has a once.
func firstFound(a *Asset, prefix, sk string) bool {
	first := ""
	for _, k := range a.pointers() {
		if strings.Contains(k.PK, "#SEARCH#") && strings.HasPrefix(k.SK, prefix) && (first == "" || k.SK < first) {
			first = k.SK
		}
	}
	return sk == first
}
