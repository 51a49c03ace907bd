// Package exporting writes lists as CSV: the rows that a list with these filters
// shows to whoever asks, with the columns that they choose.
//
// What holds at all times:
//
//   - nothing is in a file that whoever asked may not see when it is written:
//     every page asks for their permissions and locations again, and columns that
//     need one they lack are left empty and said to be redacted;
//   - a file belongs to whoever asked for it, and to nobody else;
//   - no cell begins like a formula;
//   - a file can be had for 24 hours, and is then removed.
//
// The work is done in pages by the queue of jobs; each page is a part, and the
// parts make the file, so that its size has no bound but the store's.
package exporting

import (
	"context"
	"slices"
	"strings"
	"time"

	"motorpool/shared/access"
	"motorpool/shared/fault"
)

// State says how far an export is.
type State string

// The states.
const (
	Running State = "running"
	Ready   State = "ready"
	Expired State = "expired" // the file is gone
	Failed  State = "failed"  // whoever asked may not have it, or it became too large
)

// Lasts is for how long a file can be had.
const Lasts = 24 * time.Hour

// Export is one file that somebody asked for.
type Export struct {
	ID         string            `json:"id"`
	Workspace  string            `json:"workspace"`
	List       string            `json:"list"` // "assets"
	Filters    map[string]string `json:"filters,omitempty"`
	Columns    []string          `json:"columns"`
	BOM        bool              `json:"bom,omitempty"`
	Email      bool              `json:"email,omitempty"`
	State      State             `json:"state"`
	Reason     string            `json:"reason,omitempty"` // why it failed
	Redacted   []string          `json:"redacted,omitempty"`
	Rows       int               `json:"rows"`
	Size       int64             `json:"size"`
	Parts      []string          `json:"parts,omitempty"` // names of the files it is put together from
	Begun      []string          `json:"begun,omitempty"` // names of all files that were ever begun: what a crash left is among them
	Cursor     string            `json:"cursor,omitempty"`
	File       string            `json:"file,omitempty"`       // the whole
	Places     []string          `json:"places,omitempty"`     // the locations at which whoever asked worked when it was written
	Everywhere bool              `json:"everywhere,omitempty"` // they worked at all of them
	By         access.Actor      `json:"by"`
	Created    time.Time         `json:"created"`
	Updated    time.Time         `json:"updated"`
	Expires    time.Time         `json:"expires,omitzero"` // once it is ready: when it is removed
	Version    int64             `json:"-"`
}

// Rows is a list that can be exported.
type Rows interface {
	// Grant is what an actor must hold beside the permission to export.
	Grant() access.Grant

	// Columns lists what a row can have, in the usual order.
	Columns() []Column

	// Filters lists the filters that the list has, by name.
	Filters() []Filter

	// Rows returns a page of the rows that the actor may see, each with a cell
	// for each of the columns, and the cursor of the next page; "" after the last.
	Rows(ctx context.Context, actor access.Actor, filters map[string]string, columns []string, cursor string, limit int) (rows [][]string, next string, err error)
}

// Column is one thing that a row can have.
type Column struct {
	Name  string       // "registration.plate"
	Label string       // the header
	Needs access.Grant // without it the cells are empty: access.ViewPII; Public: nothing
}

// Filter narrows a list.
type Filter struct {
	Name     string   // as the query of the list's route has it
	Values   []string // the only ones it takes; none: any
	Required bool     // the list is of one thing, which this names
}

// Order is what somebody asks for.
type Order struct {
	List    string
	Filters map[string]string
	Columns []string // empty: all
	BOM     bool     // a byte order mark, by which Excel knows UTF-8
	Email   bool     // tell me when it is ready
}

// check returns o with its columns, or what is wrong with it.
func (o Order) check(rows Rows) (Order, error) {
	if err := o.checkFilters(rows.Filters()); err != nil {
		return o, err
	}
	all := rows.Columns()
	known := func(name string) bool { return slices.ContainsFunc(all, func(c Column) bool { return c.Name == name }) }
	for n, name := range o.Columns {
		if !known(name) || slices.Contains(o.Columns[:n], name) {
			return o, fault.New(fault.Invalid, "export.column", "There is no column %.60q here, or it is named twice. GET /v1/exports/lists tells which there are.", name).At("columns")
		}
	}
	if len(o.Columns) == 0 {
		for _, c := range all {
			o.Columns = append(o.Columns, c.Name)
		}
	}
	return o, nil
}

func (o Order) checkFilters(there []Filter) error {
	for name, value := range o.Filters {
		i := slices.IndexFunc(there, func(f Filter) bool { return f.Name == name })
		if i < 0 || len(value) > 500 {
			return fault.New(fault.Invalid, "export.filter", "The list of %s has no filter %.40q.", o.List, name).At("filters")
		}
		if only := there[i].Values; len(only) > 0 && !slices.Contains(only, value) {
			return fault.New(fault.Invalid, "export.filter", "The filter %s takes one of these: %s.", name, strings.Join(only, ", ")).At("filters")
		}
	}
	for _, f := range there {
		if f.Required && o.Filters[f.Name] == "" {
			return fault.New(fault.Invalid, "export.filter", "This is a list of one %s: name it in the filter %s.", f.Name, f.Name).At("filters")
		}
	}
	return nil
}

// redacted lists the columns of e that the actor may not see.
func (e *Export) redacted(rows Rows, actor access.Actor) (hidden []string) {
	for _, c := range rows.Columns() {
		if slices.Contains(e.Columns, c.Name) && !actor.May(c.Needs) {
			hidden = append(hidden, c.Name)
		}
	}
	return hidden
}

// labels is the header of e.
func (e *Export) labels(rows Rows) []string {
	out := make([]string, len(e.Columns))
	for n, name := range e.Columns {
		out[n] = name
		for _, c := range rows.Columns() {
			if c.Name == name {
				out[n] = c.Label
			}
		}
	}
	return out
}

// At is e as it is at an instant: a file that has been there for 24 hours is
// gone, whether or not it has been removed.
func (e *Export) At(now time.Time) *Export {
	if e.State == Ready && !now.Before(e.Expires) {
		e.State = Expired
	}
	return e
}
