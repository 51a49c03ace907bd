package fleet

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

// Where categories rest:
//
//	PK               SK           index PK    index SK
//	WS#w#CAT#c       CATEGORY     WS#w#CAT    <sort order>#c
//	WS#w#CAT#c       OPEN         there while the category may be named; its version is always 1
//	WS#w#CAT#c       CLOSING      there while it is being deleted; says into which it is merged
//	WS#w#CAT#c       PARTS        the ids of its subcategories
//	WS#w#CAT#c       AST#a        pointer: this asset names it
//	WS#w#CAT#c       EVENT#<ref>, AUDIT#<ref>   see outbox, audit
//	WS#w#SLUG#slug   CLAIM        -> category id
//
// Whoever names a category checks OPEN in the same write. Whoever deletes one
// removes OPEN first, and only then counts who names it: the count cannot grow.
const (
	openSK        = "OPEN"
	pointerPrefix = "AST#"
	maxParts      = 500
	maxCounted    = 1000
)

func categoryPK(workspace, id string) string { return "WS#" + workspace + "#CAT#" + id }

func categoryKey(workspace, id string) table.Key {
	return table.Key{PK: categoryPK(workspace, id), SK: "CATEGORY"}
}

func openKey(workspace, id string) table.Key {
	return table.Key{PK: categoryPK(workspace, id), SK: openSK}
}

func closingKey(workspace, id string) table.Key {
	return table.Key{PK: categoryPK(workspace, id), SK: "CLOSING"}
}

func partsKey(workspace, id string) table.Key {
	return table.Key{PK: categoryPK(workspace, id), SK: "PARTS"}
}

func slugKey(workspace, slug string) table.Key {
	return table.Key{PK: "WS#" + workspace + "#SLUG#" + slug, SK: "CLAIM"}
}

func categoriesPK(workspace string) string { return "WS#" + workspace + "#CAT" }

func (s *Service) loadCategory(ctx context.Context, workspace, id string) (*Category, error) {
	it, err := s.Table.Get(ctx, categoryKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchCategory()
	}
	if err != nil {
		return nil, err
	}
	return readCategory(it)
}

func readCategory(it table.Item) (*Category, error) {
	c := &Category{Version: it.Version}
	if err := json.Unmarshal(it.Doc, c); err != nil {
		return nil, fmt.Errorf("fleet: category at %s: %w", it.Key.PK, err)
	}
	was := *c
	c.was = &was
	return c, nil
}

// saveCategory stores what changed of c, with its news, its slug and its place
// under its parent.
func (s *Service) saveCategory(ctx context.Context, actor access.Actor, c *Category) error {
	if len(c.news) == 0 {
		return nil
	}
	doc, err := json.Marshal(c)
	if err != nil {
		return err
	}
	ops := []table.Op{table.Put(table.Item{
		Key:     categoryKey(c.Workspace, c.ID),
		Index:   table.Key{PK: categoriesPK(c.Workspace), SK: fmt.Sprintf("%07d#%s", c.SortOrder, c.ID)},
		Version: c.Version - 1, Doc: doc,
	})}
	oldSlug, oldParent, oldImage := "", "", ""
	if c.was == nil {
		ops = append(ops, table.Put(table.Item{Key: openKey(c.Workspace, c.ID), Doc: json.RawMessage("true")}))
	} else {
		oldSlug, oldParent, oldImage = c.was.Slug, c.was.Parent, c.was.Image
	}
	ops = append(ops, claimSlug(c, oldSlug)...)
	moved, err := s.reparent(ctx, c, oldParent, c.Parent)
	if err != nil {
		return err
	}
	pictured, err := s.pictured(ctx, c, oldImage, c.Image)
	if err != nil {
		return err
	}
	return s.writeCategory(ctx, actor, c, slices.Concat(ops, moved, pictured))
}

func (s *Service) writeCategory(ctx context.Context, actor access.Actor, c *Category, ops []table.Op) error {
	st := story{
		pk: categoryPK(c.Workspace, c.ID), at: c.Updated, news: c.news,
		object: audit.Object{Type: "category", ID: c.ID, Name: c.Name},
	}
	if c.was != nil {
		st.from, st.to = c.was.Object(), c.Object()
	}
	told, err := s.tellOps(ctx, actor, st)
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, append(ops, told...)...)
}

func claimSlug(c *Category, old string) (ops []table.Op) {
	if c.Slug == old {
		return nil
	}
	if old != "" {
		ops = append(ops, table.Delete(slugKey(c.Workspace, old), 1))
	}
	return append(ops, table.Put(table.Item{Key: slugKey(c.Workspace, c.Slug), Doc: json.RawMessage(`"` + c.ID + `"`)}))
}

// reparent returns the ops that take c from under one parent and put it under
// another, and that keep the levels at two: the new parent has none itself, and
// c has no subcategories of its own when it gets one.
func (s *Service) reparent(ctx context.Context, c *Category, from, to string) ([]table.Op, error) {
	if from == to {
		return nil, nil
	}
	var ops []table.Op
	if from != "" {
		op, err := s.part(ctx, c, from, func(ids []string) []string {
			return slices.DeleteFunc(ids, func(id string) bool { return id == c.ID })
		})
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	if to == "" {
		return ops, nil
	}
	level, err := s.below(ctx, c, to)
	if err != nil {
		return nil, err
	}
	op, err := s.part(ctx, c, to, func(ids []string) []string { return append(ids, c.ID) })
	return append(append(ops, level...), op), err
}

// below checks that c may be a part of parent, and returns the ops that keep it so.
func (s *Service) below(ctx context.Context, c *Category, parent string) ([]table.Op, error) {
	p, err := s.loadCategory(ctx, c.Workspace, parent)
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.Invalid, "category.parent", "There is no such category. Give its id: cat_…").At("parent")
	}
	if err != nil {
		return nil, err
	}
	if p.Parent != "" {
		return nil, fault.New(fault.Invalid, "category.levels", "%s is a subcategory itself, and there are two levels. Choose a category that has no parent.", p.Name).At("parent")
	}
	own, version, err := s.parts(ctx, c.Workspace, c.ID)
	if err != nil {
		return nil, err
	}
	if len(own) > 0 {
		return nil, fault.New(fault.Invalid, "category.levels", "This category has subcategories, and there are two levels. Move them first.").At("parent")
	}
	return []table.Op{
		table.Check(categoryKey(c.Workspace, parent), p.Version),
		table.Check(openKey(c.Workspace, parent), 1),
		table.Check(partsKey(c.Workspace, c.ID), version),
	}, nil
}

// part returns the op that changes the list of parent's parts.
func (s *Service) part(ctx context.Context, c *Category, parent string, change func([]string) []string) (table.Op, error) {
	ids, version, err := s.parts(ctx, c.Workspace, parent)
	if err != nil {
		return table.Op{}, err
	}
	if ids = change(ids); len(ids) > maxParts {
		return table.Op{}, fault.New(fault.Conflict, "category.too_many", "A category has at most %d subcategories.", maxParts).At("parent")
	}
	doc, err := json.Marshal(ids)
	return table.Put(table.Item{Key: partsKey(c.Workspace, parent), Version: version, Doc: doc}), err
}

// parts returns the ids of a category's subcategories and the version of that list.
func (s *Service) parts(ctx context.Context, workspace, id string) (ids []string, version int64, err error) {
	it, err := s.Table.Get(ctx, partsKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	return ids, it.Version, json.Unmarshal(it.Doc, &ids)
}

// closingInto says into which category one that is being deleted is merged;
// empty if into none. It returns fault.NotFound for one that is not there or
// not being deleted.
func (s *Service) closingInto(ctx context.Context, workspace, id string) (into string, err error) {
	it, err := s.Table.Get(ctx, closingKey(workspace, id))
	if err != nil {
		return "", err
	}
	err = json.Unmarshal(it.Doc, &into)
	return into, err
}

// takeOut returns the ops that remove c and what belongs to it.
func (s *Service) takeOut(ctx context.Context, c *Category) ([]table.Op, error) {
	own, version, err := s.parts(ctx, c.Workspace, c.ID)
	if err != nil {
		return nil, err
	}
	if len(own) > 0 {
		return nil, hasParts()
	}
	ops := []table.Op{
		table.Delete(categoryKey(c.Workspace, c.ID), c.Version),
		table.Delete(closingKey(c.Workspace, c.ID), 1),
		table.Delete(slugKey(c.Workspace, c.Slug), 1),
		table.Check(partsKey(c.Workspace, c.ID), 0),
	}
	if version > 0 {
		ops[3] = table.Delete(partsKey(c.Workspace, c.ID), version)
	}
	moved, err := s.reparent(ctx, c, c.Parent, "")
	if err != nil {
		return nil, err
	}
	let, err := s.pictured(ctx, c, c.Image, "")
	return slices.Concat(ops, moved, let), err
}

// deleted tells that c is gone.
func deleted(c *Category, into string) {
	c.news = append(c.news, events.CategoryDeleted{Object: c.Object(), MergedInto: into})
}
