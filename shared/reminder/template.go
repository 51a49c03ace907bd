package reminder

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/fault"
	"motorpool/shared/form"
	"motorpool/shared/ident"
	"motorpool/shared/span"
	"motorpool/shared/table"
)

// Template is what all assets need, or those of some categories.
type Template struct {
	ID        string `json:"id"`
	Workspace string `json:"workspace"`
	TemplateDetails
	Created time.Time `json:"created"`
	Updated time.Time `json:"updated"`
	Version int64     `json:"-"`
}

// TemplateDetails is what people say of a template. Distances are metres.
type TemplateDetails struct {
	Name             string   `json:"name" doc:"At most 100 characters" example:"Oil and filter"`
	Kind             string   `json:"kind,omitempty" doc:"service (unless you say otherwise), registration, insurance or warranty" example:"service"`
	Categories       []string `json:"categories,omitempty" doc:"The categories whose assets need it, subcategories included: at most 20; all assets, where none is given"`
	IntervalDays     int      `json:"interval_days,omitempty" doc:"From one time to the next: at most 3,660" example:"180"`
	IntervalDistance int64    `json:"interval_distance,omitempty" doc:"In metres, from one time to the next" example:"15000000"`
	WarnDays         *int     `json:"warn_days,omitempty" doc:"How many days before that it is due soon: 14, unless you say otherwise"`
	WarnDistance     *int64   `json:"warn_distance,omitempty" doc:"How many metres before that it is due soon: 1,000,000, unless you say otherwise"`
	Recurring        bool     `json:"recurring,omitempty" doc:"Whether the next one is scheduled when it is done"`
	Assignees        []string `json:"assignees,omitempty" doc:"Who sees to it, and is written to when it is due: at most 10 users"`
	AutoWindow       bool     `json:"auto_window,omitempty" doc:"Whether a maintenance window is planned when it becomes due soon"`
	Note             string   `json:"note,omitempty" doc:"At most 2,000 characters"`
}

// Where templates rest:
//
//	PK            SK              what
//	WS#w#RMT      TEMPLATE#t      a template
//	WS#w#RMT#t    AUDIT#<ref>     see audit
//	WS#w#AST#a    RMT#t           this asset has had its reminder: -> reminder id; for ever
//	WS#w#AST#a    FOLLOWS#<kind>  the reminder of a day that the asset itself says
const (
	templatePrefix = "TEMPLATE#"
	coveredPrefix  = "RMT#"
	followsPrefix  = "FOLLOWS#"
	maxTemplates   = 200
	maxCategories  = 20
)

func templatesPK(workspace string) string { return "WS#" + workspace + "#RMT" }

func templateKey(workspace, id string) table.Key {
	return table.Key{PK: templatesPK(workspace), SK: templatePrefix + id}
}

// details is the reminder that t makes for an asset, counted from a day.
func (d TemplateDetails) details(today span.Date, is *Mileage) Details {
	r := Details{
		Name: d.Name, Kind: d.Kind, IntervalDays: d.IntervalDays, IntervalDistance: d.IntervalDistance, WarnDays: d.WarnDays,
		WarnDistance: d.WarnDistance, Recurring: d.Recurring, Assignees: d.Assignees, AutoWindow: d.AutoWindow, Note: d.Note,
		LastDone: today,
	}
	if d.IntervalDistance > 0 && is != nil {
		r.LastOdometer = &is.Shown
	}
	return r
}

func (d TemplateDetails) checked() (TemplateDetails, error) {
	r, err := d.details(span.Date{Year: 2000, Month: 1, Day: 1}, &Mileage{}).checked(true)
	if err != nil {
		return d, err
	}
	c := &form.Complaints{Noun: "service_reminder"}
	if d.IntervalDays == 0 && d.IntervalDistance == 0 {
		c.Add("interval_days", "Say after how many days, or what distance, it is due.")
	}
	if len(d.Categories) > maxCategories {
		c.Add("categories", "Give at most %d categories, or none for all assets.", maxCategories)
	}
	for n, id := range d.Categories {
		if !ident.Has("cat", id) {
			c.Add(fmt.Sprintf("categories[%d]", n), "There is no such category. Give its id: cat_…")
		}
	}
	d.Name, d.Kind, d.Note, d.WarnDays, d.WarnDistance = r.Name, r.Kind, r.Note, r.WarnDays, r.WarnDistance
	return d, c.Err()
}

func noSuchTemplate() error {
	return fault.New(fault.NotFound, "service_reminder_template.not_found", "There is no such template here.")
}

// Templates lists a workspace's templates, oldest first; there are 200 at most.
func (s *Service) Templates(ctx context.Context, workspace string) (all []*Template, err error) {
	page, err := s.Table.Query(ctx, table.Query{PK: templatesPK(workspace), Prefix: templatePrefix, Limit: maxTemplates})
	for _, it := range page.Items {
		t, err := readTemplate(it)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, err
}

// Template returns the template with this id.
func (s *Service) Template(ctx context.Context, workspace, id string) (*Template, error) {
	it, err := s.Table.Get(ctx, templateKey(workspace, id))
	if fault.KindOf(err) == fault.NotFound {
		return nil, noSuchTemplate()
	}
	if err != nil {
		return nil, err
	}
	return readTemplate(it)
}

func readTemplate(it table.Item) (*Template, error) {
	t := &Template{Version: it.Version}
	if err := json.Unmarshal(it.Doc, t); err != nil {
		return nil, fmt.Errorf("reminder: template at %s: %w", it.Key.SK, err)
	}
	return t, nil
}

// CreateTemplate adds a template. No asset has a reminder by it before Apply.
func (s *Service) CreateTemplate(ctx context.Context, actor access.Actor, d TemplateDetails, at time.Time) (*Template, error) {
	d, err := d.checked()
	if err != nil {
		return nil, err
	}
	if err := s.known(ctx, actor.Workspace, nil, d.Assignees); err != nil {
		return nil, err
	}
	all, err := s.Templates(ctx, actor.Workspace)
	if err != nil {
		return nil, err
	}
	if len(all) >= maxTemplates {
		return nil, fault.New(fault.Conflict, "service_reminder_template.too_many", "A workspace has at most %d templates. Delete one first.", maxTemplates)
	}
	t := &Template{ID: s.NewID("rmt"), Workspace: actor.Workspace, TemplateDetails: d, Created: at, Updated: at, Version: 1}
	return t, s.saveTemplate(ctx, actor, nil, t, at)
}

// EditTemplate changes what is said of a template. Reminders that it has made
// stay as they are; those that it makes from now on are as it says now.
func (s *Service) EditTemplate(ctx context.Context, actor access.Actor, id string, edit func(*TemplateDetails) error, ifVersion int64, at time.Time) (t *Template, err error) {
	err = table.Again(ctx, tries, func() error {
		if t, err = s.Template(ctx, actor.Workspace, id); err != nil {
			return err
		}
		if ifVersion != 0 && ifVersion != t.Version {
			return fault.New(fault.Stale, "service_reminder_template.stale", "This template has changed: it is at version %d, not %d. Load it again and decide anew.", t.Version, ifVersion)
		}
		was := *t
		was.Categories, was.Assignees = slices.Clone(t.Categories), slices.Clone(t.Assignees)
		if err := edit(&t.TemplateDetails); err != nil {
			return err
		}
		if t.TemplateDetails, err = t.checked(); err != nil {
			return err
		}
		if err := s.known(ctx, actor.Workspace, was.Assignees, t.Assignees); err != nil {
			return err
		}
		if len(events.Differences(was.TemplateDetails, t.TemplateDetails)) == 0 {
			return nil
		}
		t.Version, t.Updated = was.Version+1, at
		return s.saveTemplate(ctx, actor, &was, t, at)
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// DeleteTemplate removes a template. Reminders that it has made stay.
func (s *Service) DeleteTemplate(ctx context.Context, actor access.Actor, id string, at time.Time) error {
	return table.Again(ctx, tries, func() error {
		t, err := s.Template(ctx, actor.Workspace, id)
		if err != nil {
			return err
		}
		noted, err := s.noteTemplate(actor, t, "deleted", nil, at)
		if err != nil {
			return err
		}
		return s.Table.Write(ctx, table.Delete(templateKey(t.Workspace, t.ID), t.Version), noted)
	})
}

func (s *Service) saveTemplate(ctx context.Context, actor access.Actor, was, t *Template, at time.Time) (err error) {
	action, changes := "created", []audit.Change(nil)
	if was != nil {
		action = "updated"
		if changes, err = audit.Diff(was.TemplateDetails, t.TemplateDetails); err != nil {
			return err
		}
	}
	noted, err := s.noteTemplate(actor, t, action, changes, at)
	if err != nil {
		return err
	}
	doc, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return s.Table.Write(ctx, table.Put(table.Item{Key: templateKey(t.Workspace, t.ID), Version: t.Version - 1, Doc: doc}), noted)
}

func (s *Service) noteTemplate(actor access.Actor, t *Template, did string, changes []audit.Change, at time.Time) (table.Op, error) {
	about := audit.Object{Type: "service_reminder_template", ID: t.ID, Name: t.Name}
	return s.Audit.Op(templatesPK(t.Workspace)+"#"+t.ID, actor, "service_reminder_template."+did, about, changes, at)
}
