package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// CreateCategory adds a category. If no slug is given, one is made of the name.
func (s *Service) CreateCategory(ctx context.Context, actor access.Actor, d CategoryDetails, at time.Time) (*Category, error) {
	c, err := createCategory(s.NewID("cat"), actor.Workspace, d, at)
	if err != nil {
		return nil, err
	}
	made, base := d.Slug == "", c.Slug
	for try, n := 1, 2; ; {
		err = s.saveCategory(ctx, actor, c)
		clash, _ := errors.AsType[*table.Conflict](err)
		switch slug := clash != nil && clash.Key == slugKey(c.Workspace, c.Slug); {
		case err == nil:
			return c, nil
		case slug && (!made || n > maxSlugs):
			return nil, slugTaken(c.Slug)
		case slug:
			d.Slug, n = fmt.Sprintf("%s-%d", base, n), n+1
			if c, err = createCategory(c.ID, c.Workspace, d, at); err != nil {
				return nil, err
			}
		case clash == nil || try == tries:
			return nil, err
		default:
			try++ // somebody else changed the parent; look again
		}
	}
}

// maxSlugs is how many slugs are tried for a name that others have too.
const maxSlugs = 50

func slugTaken(slug string) error {
	return fault.New(fault.Conflict, "category.slug_taken", "Another category has the slug %q. Choose another one.", slug).At("slug")
}

// Category returns the category with this id.
func (s *Service) Category(ctx context.Context, workspace, id string) (*Category, error) {
	return s.loadCategory(ctx, workspace, id)
}

// CategoryFilter says which categories a list wants; a zero field wants all.
type CategoryFilter struct {
	Parent string // only the subcategories of this one
	Active *bool
}

// Categories returns a page of a workspace's categories in their sort order.
func (s *Service) Categories(ctx context.Context, workspace string, f CategoryFilter, cursor string, limit int) ([]*Category, string, error) {
	q := table.Query{PK: categoriesPK(workspace), Index: true, Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Category, bool, error) {
		c, err := readCategory(it)
		if err != nil {
			return nil, false, err
		}
		return c, (f.Parent == "" || f.Parent == c.Parent) && (f.Active == nil || *f.Active == *c.Active), nil
	})
}

// EditCategory changes what is said of a category, under the terms of Edit.
func (s *Service) EditCategory(ctx context.Context, actor access.Actor, id string, edit func(*CategoryDetails) error, ifVersion int64, at time.Time) (*Category, error) {
	for try := 1; ; try++ {
		c, err := s.loadCategory(ctx, actor.Workspace, id)
		if err != nil {
			return nil, err
		}
		if err := unchanged("category", c.Version, ifVersion); err != nil {
			return nil, err
		}
		d := c.CategoryDetails
		if err := edit(&d); err != nil {
			return nil, err
		}
		if err := c.Describe(d, at); err != nil {
			return nil, err
		}
		err = s.saveCategory(ctx, actor, c)
		clash, _ := errors.AsType[*table.Conflict](err)
		switch {
		case err == nil:
			return c, nil
		case clash != nil && clash.Key == slugKey(c.Workspace, c.Slug):
			return nil, slugTaken(c.Slug)
		case clash == nil || try == tries:
			return nil, err
		}
	}
}

// DeleteCategory removes a category that no asset names and that has no
// subcategories.
func (s *Service) DeleteCategory(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) error {
	c, err := s.loadCategory(ctx, actor.Workspace, id)
	if err != nil {
		return err
	}
	if err := unchanged("category", c.Version, ifVersion); err != nil {
		return err
	}
	if err := s.unused(ctx, c); err != nil {
		return err
	}
	if err := s.shut(ctx, c, ""); err != nil {
		return err
	}
	if err := s.unused(ctx, c); err != nil { // nobody can begin to use it any more
		if failed := s.reopen(ctx, c); failed != nil {
			return failed
		}
		return err
	}
	return s.finish(ctx, actor, id, "", at)
}

// unused returns fault.Conflict if assets name c or it has subcategories.
func (s *Service) unused(ctx context.Context, c *Category) error {
	own, _, err := s.parts(ctx, c.Workspace, c.ID)
	if err != nil {
		return err
	}
	if len(own) > 0 {
		return hasParts()
	}
	page, err := s.Table.Query(ctx, table.Query{PK: categoryPK(c.Workspace, c.ID), Prefix: pointerPrefix, Limit: maxCounted})
	if err != nil {
		return err
	}
	n := len(page.Items)
	if page.Next != "" {
		n = maxCounted + 1
	}
	if n > 0 {
		return inUse(n)
	}
	return nil
}

// shut begins the deletion of c: from now on nothing can begin to name it. It
// takes up a deletion that was broken off, if that one has the same aim.
func (s *Service) shut(ctx context.Context, c *Category, into string) error {
	doc, err := json.Marshal(into)
	if err != nil {
		return err
	}
	err = s.Table.Write(ctx,
		table.Delete(openKey(c.Workspace, c.ID), 1),
		table.Put(table.Item{Key: closingKey(c.Workspace, c.ID), Doc: doc}))
	if !overtaken(err, openKey(c.Workspace, c.ID)) {
		return err
	}
	aim, err := s.closingInto(ctx, c.Workspace, c.ID)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return noSuchCategory()
	case err == nil && aim != into:
		return closing(aim)
	}
	return err
}

func (s *Service) reopen(ctx context.Context, c *Category) error {
	return s.Table.Write(ctx,
		table.Delete(closingKey(c.Workspace, c.ID), 1),
		table.Put(table.Item{Key: openKey(c.Workspace, c.ID), Doc: json.RawMessage("true")}))
}

// finish removes a category that is shut and that nothing names any more.
func (s *Service) finish(ctx context.Context, actor access.Actor, id, into string, at time.Time) error {
	for try := 1; ; try++ {
		c, err := s.loadCategory(ctx, actor.Workspace, id)
		if err != nil {
			return err
		}
		ops, err := s.takeOut(ctx, c)
		if err != nil {
			return err
		}
		c.Updated = at
		deleted(c, into)
		err = s.writeCategory(ctx, actor, c, ops)
		if _, clash := errors.AsType[*table.Conflict](err); !clash || try == tries {
			return err
		}
	}
}
