// Package importing takes lists that people have elsewhere into the product: a
// file is read, its columns are mapped to fields, a dry run tells row by row what
// would happen, and then it is done.
//
// What holds at all times:
//
//   - nothing changes before the dry run of the very mapping has been seen;
//   - a row is taken once, however often its page is worked: what became of it
//     is written in the transaction that takes it;
//   - a row that is refused holds up no other, and says why, in the list of rows
//     and in a file to download, beside what was sent;
//   - whoever began it is asked for their permissions again by every page.
//
// The work is done in pages by the queue of jobs, so that neither a long list nor
// a crash needs anybody to begin again. What a row means is left to a Target;
// what a table is, to package sheet.
package importing

import (
	"strings"
	"time"

	"motorpool/events"
	"motorpool/shared/access"
	"motorpool/shared/fault"
	"motorpool/shared/sheet"
)

// Limits of what is imported.
var Limits = sheet.Usual

// Null in a cell clears the field; an empty cell leaves it as it is.
const Null = "NULL"

// State says how far an import is.
type State string

// The states.
const (
	Reading    State = "reading"    // the file is being read
	Mapping    State = "mapping"    // the columns are known; say what they are
	Checking   State = "checking"   // the dry run
	Checked    State = "checked"    // the dry run is over
	Applying   State = "applying"   // it is being done
	Applied    State = "applied"    // it is done, as far as the rows were right
	Cancelling State = "cancelling" // it stops after the page that is being done
	Cancelled  State = "cancelled"  // it was stopped; what was done stays
	Failed     State = "failed"     // the file cannot be read, or whoever began may not go on
)

// Working reports whether the product is doing something about it.
func (s State) Working() bool {
	return s == Reading || s == Checking || s == Applying || s == Cancelling
}

// Import is one file on its way in.
type Import struct {
	ID        string       `json:"id"`
	Workspace string       `json:"workspace"`
	Kind      string       `json:"kind"` // what the rows are: "assets"
	File      string       `json:"file"` // att_…
	Name      string       `json:"name"` // of the file
	Format    string       `json:"format,omitempty"`
	Header    []string     `json:"header,omitempty"`
	Samples   [][]string   `json:"samples,omitempty"` // the first rows
	Ignored   []string     `json:"ignored,omitempty"` // sheets that are not read
	Mapping   []string     `json:"mapping,omitempty"` // by column: the field; empty: left out
	State     State        `json:"state"`
	Code      string       `json:"code,omitempty"`   // why it failed, for programs
	Reason    string       `json:"reason,omitempty"` // why it failed, for people
	Total     int          `json:"total,omitempty"`  // rows
	Pages     int          `json:"pages,omitempty"`
	Run       int          `json:"run,omitempty"`  // counts dry runs and applications: work for an earlier one is dropped
	Next      int          `json:"next,omitempty"` // the page to do next
	Done      int          `json:"done,omitempty"` // rows of this run
	Counts    Counts       `json:"counts,omitzero"`
	Expected  Counts       `json:"expected,omitzero"` // what the dry run found
	Errors    bool         `json:"errors,omitempty"`  // there is a file of what was refused
	By        access.Actor `json:"by"`
	Created   time.Time    `json:"created"`
	Updated   time.Time    `json:"updated"`
	Version   int64        `json:"-"`
}

// Counts is what became of rows.
type Counts struct {
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Failed    int `json:"failed"`
	Warned    int `json:"warned"` // of those that did not fail
}

func (c Counts) plus(d Counts) Counts {
	return Counts{c.Created + d.Created, c.Updated + d.Updated, c.Unchanged + d.Unchanged, c.Failed + d.Failed, c.Warned + d.Warned}
}

func (c *Counts) add(o Outcome, warned bool) {
	switch o {
	case Created:
		c.Created++
	case Updated:
		c.Updated++
	case Unchanged:
		c.Unchanged++
	default:
		c.Failed++
	}
	if warned && o != Refused {
		c.Warned++
	}
}

// Outcome is what became of a row.
type Outcome string

// The outcomes.
const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
	Refused   Outcome = "failed"
)

// Row is what became of one row of the file: all that changed something, failed
// or was warned of.
type Row struct {
	Number   int       `json:"number"` // as a spreadsheet counts
	Outcome  Outcome   `json:"outcome"`
	Object   string    `json:"object,omitempty"` // what it became, or changed
	Wrong    []Mistake `json:"wrong,omitempty"`
	Warnings []string  `json:"warnings,omitempty"`
	Cells    []string  `json:"cells,omitempty"` // of one that failed: as they were sent
}

// Mistake is one thing that is wrong with a row.
type Mistake struct {
	Column string `json:"column,omitempty"` // as the header calls it; empty: the row as a whole
	Field  string `json:"field,omitempty"`
	Reason string `json:"reason"`
}

// InWords is what is wrong with r, in one line.
func (r Row) InWords() string {
	var all []string
	for _, m := range r.Wrong {
		if m.Column != "" {
			all = append(all, m.Column+": "+m.Reason)
		} else {
			all = append(all, m.Reason)
		}
	}
	return strings.Join(all, " ")
}

// allow refuses what cannot be done in i's state.
func (i *Import) allow(what string, states ...State) error {
	for _, s := range states {
		if i.State == s {
			return nil
		}
	}
	switch {
	case i.State == Failed:
		return fault.New(fault.Conflict, "import.failed", "This import has failed: %s Begin a new one.", i.Reason)
	case i.State == Applied || i.State == Cancelled:
		return fault.New(fault.Conflict, "import.over", "This import is over. Begin a new one.")
	case i.State == Mapping:
		return fault.New(fault.Conflict, "import.unchecked", "Make a dry run first: nothing is applied that nobody has looked at.")
	case i.State.Working():
		return fault.New(fault.Conflict, "import.working", "This import is being worked on (%s). Wait until that is done, or cancel it.", i.State)
	}
	return fault.New(fault.Conflict, "import.state", "This import is %s; it cannot be %s.", i.State, what)
}

// begin starts a dry run, or the real one.
func (i *Import) begin(s State, by access.Actor, at time.Time) {
	i.State, i.By, i.Updated = s, by, at
	i.Run, i.Next, i.Done, i.Counts, i.Errors = i.Run+1, 0, 0, Counts{}, false
}

// fail ends i, for good.
func (i *Import) fail(code, reason string, at time.Time) {
	i.State, i.Code, i.Reason, i.Updated = Failed, code, reason, at
}

// Object is i as the outside sees it: in events and in answers of the API.
func (i *Import) Object() events.Import {
	o := events.Import{
		ID: i.ID, Kind: i.Kind, File: i.File, FileName: i.Name, Format: i.Format, State: string(i.State),
		Rows: i.Total, RowsDone: i.Done, Counts: events.ImportCounts(i.Counts), HasErrorFile: i.Errors,
		IgnoredSheets: i.Ignored, CreatedAt: i.Created, UpdatedAt: i.Updated, Version: i.Version,
		By: events.Actor{Type: i.By.Kind, ID: i.By.ID, Name: i.By.Name},
	}
	if i.Code != "" {
		o.Problem = &events.ImportProblem{Code: i.Code, Reason: i.Reason}
	}
	if i.Expected != (Counts{}) {
		c := events.ImportCounts(i.Expected)
		o.Expected = &c
	}
	for n, name := range i.Header {
		c := events.ImportColumn{Letter: sheet.Letter(n), Name: name, Samples: []string{}}
		if n < len(i.Mapping) {
			c.Field = i.Mapping[n]
		}
		for _, row := range i.Samples {
			if n < len(row) {
				c.Samples = append(c.Samples, row[n])
			}
		}
		o.Columns = append(o.Columns, c)
	}
	return o
}
