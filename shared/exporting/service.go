package exporting

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/audit"
	"motorpool/shared/blob"
	"motorpool/shared/fault"
	"motorpool/shared/ident"
	"motorpool/shared/queue"
	"motorpool/shared/table"
)

// Service is what the rest of the product may ask.
type Service struct {
	Table   table.Table
	Jobs    queue.Queue
	Blobs   blob.Store
	NewID   ident.Source
	Audit   *audit.Service
	Rights  Rights
	Letters Letters         // nil while nobody writes letters: who asks for one is refused
	Lists   map[string]Rows // by Export.List
}

// Rights knows what somebody may do at this moment.
type Rights interface {
	// Now returns the actor with the grants and locations they have now; a fault
	// if they may no longer come in.
	Now(ctx context.Context, workspace string, by access.Actor, at time.Time) (access.Actor, error)
}

// Letters tells somebody by e-mail that a file is ready.
type Letters interface {
	// ExportReady returns the op that asks for the letter, which leads to the
	// page of exports: the file itself is had by whoever signs in.
	ExportReady(ctx context.Context, workspace string, to access.Actor, export string, at time.Time) (table.Op, error)
}

// JobKind is the kind of the jobs that RunJob does.
const JobKind = "export"

const (
	afterCrash = 30 * time.Second // a job that is sent ahead of a change, in case the one after it is never sent
	pageRows   = 500
)

type job struct {
	Kind      string `json:"kind"`
	Workspace string `json:"workspace"`
	Export    string `json:"export"`
}

func (s *Service) enqueue(ctx context.Context, e *Export, delay time.Duration) error {
	body, err := json.Marshal(job{JobKind, e.Workspace, e.ID})
	if err != nil {
		return err
	}
	return s.Jobs.Send(ctx, queue.Message{Group: e.Workspace, Body: body, Delay: delay})
}

// Create asks for a file. It is written by the next jobs.
func (s *Service) Create(ctx context.Context, actor access.Actor, o Order, at time.Time) (*Export, error) {
	rows, ok := s.Lists[o.List]
	if !ok {
		return nil, fault.New(fault.Invalid, "export.list", "There is no list %.40q that can be exported. GET /v1/exports/lists tells which there are.", o.List).At("list")
	}
	if !actor.May(rows.Grant()) {
		return nil, fault.New(fault.Denied, "access.denied", "You do not have the permission %s, which this needs. Ask somebody who manages users.", rows.Grant())
	}
	o, err := o.check(rows)
	if err != nil {
		return nil, err
	}
	if o.Email && (s.Letters == nil || actor.Kind != "user") {
		return nil, fault.New(fault.Invalid, "export.email", "Nobody can be told by e-mail here. Look at the export until it is ready.").At("email")
	}
	if s.Blobs == nil {
		return nil, fault.New(fault.Unavailable, "export.no_files", "Nothing can be exported here: no store for files is set up.")
	}
	e := &Export{
		ID: s.NewID("xpt"), Workspace: actor.Workspace, List: o.List, Filters: o.Filters, Columns: o.Columns, BOM: o.BOM, Email: o.Email,
		State: Running, By: actor, Created: at, Updated: at,
	}
	note, err := s.Audit.Op(exportPK(e.Workspace, e.ID), actor, "export.created", e.about(), []audit.Change{{Field: "list", To: o.List}, {Field: "filters", To: o.Filters}, {Field: "columns", To: o.Columns}}, at)
	if err != nil {
		return nil, err
	}
	if err := s.enqueue(ctx, e, afterCrash); err != nil {
		return nil, err
	}
	if err := s.save(ctx, e, note, e.due(at.Add(Lasts))); err != nil {
		return nil, err
	}
	return e, s.enqueue(ctx, e, 0)
}

// Offer is a list that can be exported.
type Offer struct {
	Name    string
	Columns []Column
	Filters []Filter
}

// Offered lists what the actor may export, by name.
func (s *Service) Offered(actor access.Actor) (all []Offer) {
	for _, name := range slices.Sorted(maps.Keys(s.Lists)) {
		if rows := s.Lists[name]; actor.May(rows.Grant()) {
			all = append(all, Offer{name, rows.Columns(), rows.Filters()})
		}
	}
	return all
}

// Export returns the actor's export with this id. Somebody else's is not found:
// it has what they may see.
func (s *Service) Export(ctx context.Context, actor access.Actor, id string, at time.Time) (*Export, error) {
	e, err := s.load(ctx, actor.Workspace, id)
	if err != nil {
		return nil, err
	}
	if e.By.ID != actor.ID || e.By.Kind != actor.Kind {
		return nil, notFound()
	}
	return e.At(at), nil
}

// Exports returns a page of the actor's exports, newest first.
func (s *Service) Exports(ctx context.Context, actor access.Actor, cursor string, limit int, at time.Time) ([]*Export, string, error) {
	q := table.Query{PK: exportsPK(actor.Workspace, actor.ID), Index: true, Reverse: true, Limit: limit, After: cursor}
	return table.Sift(ctx, s.Table, q, func(it table.Item) (*Export, bool, error) {
		e, err := read(it)
		if err != nil {
			return nil, false, err
		}
		return e.At(at), e.By.Kind == actor.Kind, nil
	})
}

// Link returns an address at which the file can be read until it is removed.
// Whoever lost the permission to see the list meanwhile gets none.
func (s *Service) Link(ctx context.Context, actor access.Actor, id string, at time.Time) (string, time.Time, error) {
	e, err := s.Export(ctx, actor, id, at)
	if err != nil {
		return "", time.Time{}, err
	}
	rows := s.Lists[e.List]
	switch {
	case e.State == Expired:
		return "", time.Time{}, fault.New(fault.Conflict, "export.expired", "This file was kept for 24 hours and is gone. Export the list again.")
	case e.State != Ready:
		return "", time.Time{}, fault.New(fault.Conflict, "export.not_ready", "This file is not ready. Ask again in a moment.")
	case rows == nil || !actor.May(rows.Grant()) || !e.covers(actor):
		return "", time.Time{}, fault.New(fault.Denied, "export.denied", "You may see less than when this was written. Export the list again.")
	}
	for _, c := range rows.Columns() {
		if slices.Contains(e.Columns, c.Name) && !slices.Contains(e.Redacted, c.Name) && !actor.May(c.Needs) {
			return "", time.Time{}, fault.New(fault.Denied, "export.denied", "You may see less than when this was written. Export the list again.")
		}
	}
	url, err := s.Blobs.Link(ctx, e.file(e.File), blob.Show{Name: e.List + "-" + e.Created.Format("2006-01-02") + ".csv"}, e.Expires)
	return url, e.Expires, err
}

// covers reports whether the actor works at every location that e was written for.
func (e *Export) covers(actor access.Actor) bool {
	return len(actor.Locations) == 0 || !e.Everywhere && !slices.ContainsFunc(e.Places, func(l string) bool { return !actor.At(l) })
}
