package fleet

import (
	"context"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// maxMoved is how many assets one call of Merge moves, so that it ends in time.
const maxMoved = 500

// Merged is how far a merge has come.
type Merged struct {
	Moved int  // assets moved by this call
	Done  bool // the category is gone; otherwise merge again to go on
}

// Merge moves every asset of a category into another one, archived assets too,
// and deletes the category. A merge that is broken off, or not done after one
// call, goes on when it is asked for again; meanwhile nothing else can be put
// into the category.
func (s *Service) Merge(ctx context.Context, actor access.Actor, id, into string, at time.Time) (m Merged, err error) {
	if len(actor.Locations) > 0 {
		return m, fault.New(fault.Denied, "category.bound", "You work at some locations only, and a merge moves the vehicles of all. Ask somebody who works at all of them.")
	}
	from, err := s.loadCategory(ctx, actor.Workspace, id)
	if err != nil {
		return m, err
	}
	if err := s.mergeable(ctx, from, into); err != nil {
		return m, err
	}
	if err := s.shut(ctx, from, into); err != nil {
		return m, err
	}
	for m.Moved < maxMoved {
		page, err := s.Table.Query(ctx, table.Query{PK: categoryPK(from.Workspace, id), Prefix: pointerPrefix, Limit: 100})
		if err != nil {
			return m, err
		}
		if len(page.Items) == 0 {
			m.Done = true
			return m, s.finish(ctx, actor, id, into, at)
		}
		for _, it := range page.Items {
			if err := s.move(ctx, actor, strings.TrimPrefix(it.Key.SK, pointerPrefix), id, into, at); err != nil {
				return m, err
			}
			m.Moved++
		}
	}
	return m, nil
}

// mergeable checks what can be said before anything is changed.
func (s *Service) mergeable(ctx context.Context, from *Category, into string) error {
	if from.ID == into {
		return fault.New(fault.Invalid, "category.into", "A category cannot be merged into itself. Choose another one.").At("into")
	}
	own, _, err := s.parts(ctx, from.Workspace, from.ID)
	if err != nil {
		return err
	}
	if len(own) > 0 {
		return hasParts()
	}
	_, err = s.Table.Get(ctx, openKey(from.Workspace, into))
	if fault.KindOf(err) != fault.NotFound {
		return err
	}
	aim, err := s.closingInto(ctx, from.Workspace, into)
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.Invalid, "category.into", "There is no such category to merge into. Give its id: cat_…").At("into")
	}
	if err != nil {
		return err
	}
	return closing(aim)
}

// move puts one asset into another category, unless it has left the old one.
func (s *Service) move(ctx context.Context, actor access.Actor, id, from, into string, at time.Time) error {
	_, err := s.change(ctx, actor, id, 0, func(a *Asset) ([]table.Op, error) {
		a.recategorise(from, into, at)
		return nil, nil
	})
	if fault.CodeOf(err) == "asset.not_found" {
		return nil // deleted meanwhile, and its pointer with it
	}
	return err
}
