package inspection

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/table"
)

func templatePK(workspace, id string) string { return "WS#" + workspace + "#INT#" + id }

func templatesPK(workspace string) string { return "WS#" + workspace + "#INT" }

func editionKey(workspace, id string, n int) table.Key {
	return table.Key{PK: templatePK(workspace, id), SK: fmt.Sprintf("EDITION#%06d", n)}
}

func noSuchTemplate() error {
	return fault.New(fault.NotFound, "inspection_template.not_found", "There is no such inspection template here.")
}

// Write adds a template, as a draft.
func (s *Service) Write(ctx context.Context, actor access.Actor, d Details, at time.Time) (*Template, error) {
	d, err := d.checked()
	if err != nil {
		return nil, err
	}
	t := &Template{ID: s.NewID("int"), Workspace: actor.Workspace, Details: d, State: Draft, Created: at, Updated: at, Version: 1}
	return t, s.keep(ctx, actor, t, "inspection_template.created", at)
}

// Adopt adds the starter templates, published, and returns them. It is refused
// where there is a template already.
func (s *Service) Adopt(ctx context.Context, actor access.Actor, at time.Time) ([]*Template, error) {
	there, _, err := s.Templates(ctx, actor.Workspace, TemplateFilter{}, "", 1)
	if err != nil {
		return nil, err
	}
	if len(there) > 0 {
		return nil, fault.New(fault.Conflict, "inspection_template.there", "There are templates already. The starter templates are for a workspace without any.")
	}
	var all []*Template
	for _, d := range Starters() {
		t, err := s.Write(ctx, actor, d, at)
		if err == nil {
			t, err = s.Publish(ctx, actor, t.ID, 0, at)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// Template returns the one with this id.
func (s *Service) Template(ctx context.Context, workspace, id string) (*Template, error) {
	return s.template(ctx, workspace, id)
}

func (s *Service) template(ctx context.Context, workspace, id string) (*Template, error) {
	it, err := s.Table.Get(ctx, table.Key{PK: templatePK(workspace, id), SK: "TEMPLATE"})
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchTemplate()
	}
	if err != nil {
		return nil, err
	}
	return readTemplate(it)
}

func readTemplate(it table.Item) (*Template, error) {
	t, was := &Template{Version: it.Version}, &Template{Version: it.Version}
	for _, into := range []*Template{t, was} {
		if err := json.Unmarshal(it.Doc, into); err != nil {
			return nil, fmt.Errorf("inspection template: at %s: %w", it.Key.PK, err)
		}
	}
	t.was = was
	return t, nil
}

// Edition returns a template as it was published for the nth time.
func (s *Service) Edition(ctx context.Context, workspace, id string, n int) (*Edition, error) {
	it, err := s.Table.Get(ctx, editionKey(workspace, id, n))
	if fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "inspection_template.no_edition", "There is no such edition of this template.")
	}
	if err != nil {
		return nil, err
	}
	e := &Edition{}
	if err := json.Unmarshal(it.Doc, e); err != nil {
		return nil, fmt.Errorf("inspection template: %s, edition %d: %w", id, n, err)
	}
	return e, nil
}

// Edit changes what a template says. What is published stays as it is until it
// is published again. edit may be called again, unless ifVersion names a version.
func (s *Service) Edit(ctx context.Context, actor access.Actor, id string, edit func(*Details) error, ifVersion int64, at time.Time) (*Template, error) {
	return s.alter(ctx, actor, id, "inspection_template.updated", ifVersion, at, func(t *Template) ([]table.Op, error) {
		d := t.Details
		if err := edit(&d); err != nil {
			return nil, err
		}
		return nil, t.Describe(d)
	})
}

// Publish makes the next edition of a template: what is inspected by from then on.
func (s *Service) Publish(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Template, error) {
	return s.alter(ctx, actor, id, "inspection_template.published", ifVersion, at, func(t *Template) ([]table.Op, error) {
		e, err := t.Publish(actor.ID, at)
		if err != nil {
			return nil, err
		}
		doc, err := json.Marshal(e)
		return []table.Op{table.Put(table.Item{Key: editionKey(t.Workspace, t.ID, e.Number), Doc: doc})}, err
	})
}

// Retire takes a template out of use for good.
func (s *Service) Retire(ctx context.Context, actor access.Actor, id string, ifVersion int64, at time.Time) (*Template, error) {
	return s.alter(ctx, actor, id, "inspection_template.retired", ifVersion, at, func(t *Template) ([]table.Op, error) {
		return nil, t.Retire(at)
	})
}

func (s *Service) alter(ctx context.Context, actor access.Actor, id, action string, ifVersion int64, at time.Time, verb func(*Template) ([]table.Op, error)) (t *Template, err error) {
	err = table.Again(ctx, tries, func() error {
		if t, err = s.template(ctx, actor.Workspace, id); err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != t.Version {
			return fault.New(fault.Stale, "inspection_template.stale", "This template has changed: it is at version %d, not %d. Load it again and decide anew.", t.Version, ifVersion)
		}
		ops, err := verb(t)
		if err != nil {
			return err
		}
		return s.keep(ctx, actor, t, action, at, ops...)
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// keep stores a template that is new or has changed, with an audit entry.
func (s *Service) keep(ctx context.Context, actor access.Actor, t *Template, action string, at time.Time, also ...table.Op) error {
	var changes []audit.Change
	if t.was != nil {
		var err error
		if changes, err = audit.Diff(t.was, t, "updated", "created"); err != nil || len(changes) == 0 {
			return err
		}
		t.Version, t.Updated = t.was.Version+1, at
	}
	doc, err := json.Marshal(t)
	if err != nil {
		return err
	}
	entry, err := s.Audit.Op(templatePK(t.Workspace, t.ID), actor, action, audit.Object{Type: "inspection_template", ID: t.ID, Name: t.Name}, brief(changes), at)
	if err != nil {
		return err
	}
	put := table.Put(table.Item{
		Key:   table.Key{PK: templatePK(t.Workspace, t.ID), SK: "TEMPLATE"},
		Index: table.Key{PK: templatesPK(t.Workspace), SK: string(t.Kind) + "#" + strings.ToLower(t.Name) + "#" + t.ID}, Version: t.Version - 1, Doc: doc,
	})
	return s.Table.Write(ctx, append(also, put, entry)...)
}

// brief leaves out of an audit entry what may be as long as a template: editions
// keep the words themselves.
func brief(changes []audit.Change) []audit.Change {
	const long = 2000
	out := changes[:0:0]
	for _, c := range changes {
		if doc, err := json.Marshal(c); err == nil && len(doc) > long {
			c = audit.Change{Field: c.Field, From: json.RawMessage(`"…"`), To: json.RawMessage(`"…"`)}
		}
		out = append(out, c)
	}
	return out
}

// TemplateFilter says which templates a list wants; a zero field wants all.
type TemplateFilter struct {
	State TemplateState
	Kind  Kind
}

// Templates returns a page of templates, by kind and name.
func (s *Service) Templates(ctx context.Context, workspace string, f TemplateFilter, cursor string, limit int) ([]*Template, string, error) {
	q := table.Query{PK: templatesPK(workspace), Index: true, Limit: limit, After: cursor}
	if f.Kind != "" {
		q.Prefix = string(f.Kind) + "#"
	}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Template, bool, error) {
		t, err := readTemplate(it)
		return t, err == nil && (f.State == "" || f.State == t.State), err
	})
}
